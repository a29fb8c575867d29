package org.postern.management;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.postern.administration.DescribedBean;
import org.postern.administration.Health;

/** The bean {@code type=Gateway}. */
public final class GatewayBean extends DescribedBean implements GatewayMXBean {

    private final Health health;
    private final String version;
    private final String tlsEngine;
    private final Clock clock;
    private final Instant started;

    /**
     * Makes it; the time it shows is counted from now.
     *
     * @param health knows the problems
     * @param version the version of Postern
     * @param tlsEngine who does the cryptography of TLS
     * @param clock tells the time
     */
    public GatewayBean(Health health, String version, String tlsEngine, Clock clock) {
        super(GatewayMXBean.class);
        this.health = health;
        this.version = version;
        this.tlsEngine = tlsEngine;
        this.clock = clock;
        this.started = clock.instant();
    }

    @Override
    public String getStatus() {
        return health.status();
    }

    @Override
    public String[] getProblems() {
        return health.problems().toArray(String[]::new);
    }

    @Override
    public String getVersion() {
        return version;
    }

    @Override
    public long getUptime() {
        return Duration.between(started, clock.instant()).toSeconds();
    }

    @Override
    public String getTlsEngine() {
        return tlsEngine;
    }
}
