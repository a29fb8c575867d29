package org.postern.administration;

import java.nio.file.Path;

/** The adapter's administration, as far as an application can join in. */
public interface Administration {

    /** {@return all settings: the adapter's and those that applications have declared} */
    Settings settings();

    /** {@return the adapter's management beans, to which an application can add} */
    Beans beans();

    /** {@return the problems that an administrator should know of} */
    Health health();

    /** {@return the record of who changed what} */
    Audit audit();

    /** {@return the folder that keeps what must last; the application makes folders of its own in it} */
    Path dataDirectory();

    /** {@return this gateway's name in greetings, HELO, and the Received field: a domain name or an address literal} */
    String hostName();
}
