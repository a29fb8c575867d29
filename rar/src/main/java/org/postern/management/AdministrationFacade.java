package org.postern.management;

import java.nio.file.Path;
import org.postern.administration.Administration;
import org.postern.administration.Audit;
import org.postern.administration.Beans;
import org.postern.administration.Health;
import org.postern.administration.Settings;

/** What applications get of the adapter's administration. */
public record AdministrationFacade(
        Settings settings, Beans beans, Health health, Audit audit, Path dataDirectory, String hostName)
        implements Administration {}
