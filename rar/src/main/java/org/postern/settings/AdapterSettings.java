package org.postern.settings;

import java.util.List;
import org.postern.administration.Setting;
import org.postern.administration.SettingTypes;

/** Settings that are read once, before anything else. */
public final class AdapterSettings {

    /** The folder that keeps all that must last; empty stands for the rule of {@link DataDirectory#resolve}. */
    public static final Setting<String> DATA_DIRECTORY = new Setting<>(
            "dataDirectory",
            SettingTypes.TEXT,
            "",
            "The folder that keeps settings, certificates and mail. Empty: a folder postern in the server's own data folder,"
                    + " else ./postern-data. Read at start only.");

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(DATA_DIRECTORY);

    private AdapterSettings() {}
}
