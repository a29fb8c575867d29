package org.postern.connector;

import jakarta.resource.spi.ConnectionRequestInfo;
import java.util.Objects;
import org.postern.NextHop;

/**
 * What an application asked for: all that a pool may tell connections apart by.
 *
 * @param nextHop the server
 */
record ConnectionRequest(NextHop nextHop) implements ConnectionRequestInfo {

    ConnectionRequest {
        Objects.requireNonNull(nextHop, "nextHop");
    }
}
