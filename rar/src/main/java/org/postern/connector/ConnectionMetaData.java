package org.postern.connector;

import jakarta.resource.spi.ManagedConnectionMetaData;
import org.postern.NextHop;

/**
 * Says what a managed connection is connected to.
 *
 * @param nextHop the server
 */
record ConnectionMetaData(NextHop nextHop) implements ManagedConnectionMetaData {

    @Override
    public String getEISProductName() {
        return "SMTP server " + nextHop;
    }

    @Override
    public String getEISProductVersion() {
        return "RFC 5321";
    }

    /** No limit is known. */
    @Override
    public int getMaxConnections() {
        return 0;
    }

    /** Nobody logs in. */
    @Override
    public String getUserName() {
        return "";
    }
}
