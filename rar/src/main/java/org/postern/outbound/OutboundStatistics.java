package org.postern.outbound;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.postern.TlsFailure;

/** Counts what the client does, from the start of the adapter. */
public final class OutboundStatistics {

    private final LongAdder clearConnections = new LongAdder();
    private final LongAdder tlsConnections = new LongAdder();
    private final LongAdder clearRetries = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder notDelivered = new LongAdder();
    private final Map<TlsFailure, LongAdder> tlsFailures = new EnumMap<>(TlsFailure.class);

    /** Makes counters that stand at zero. */
    public OutboundStatistics() {
        for (TlsFailure failure : TlsFailure.values()) {
            tlsFailures.put(failure, new LongAdder());
        }
    }

    /** {@return connections that were made and are ready, without TLS} */
    public long clearConnections() {
        return clearConnections.sum();
    }

    /** {@return connections that were made and are ready, with TLS} */
    public long tlsConnections() {
        return tlsConnections.sum();
    }

    /** {@return servers tried again in clear after a failed handshake, as the level ATTEMPT allows} */
    public long clearRetries() {
        return clearRetries.sum();
    }

    /** {@return messages that a server took, for one recipient or more} */
    public long delivered() {
        return delivered.sum();
    }

    /** {@return messages that no server took} */
    public long notDelivered() {
        return notDelivered.sum();
    }

    /** {@return how often TLS failed for a reason, with or without a retry in clear} */
    public long tlsFailures(TlsFailure reason) {
        return tlsFailures.get(reason).sum();
    }

    void connected(boolean overTls) {
        (overTls ? tlsConnections : clearConnections).increment();
    }

    void retriedInClear() {
        clearRetries.increment();
    }

    void sent(boolean taken) {
        (taken ? delivered : notDelivered).increment();
    }

    void tlsFailed(TlsFailure reason) {
        tlsFailures.get(reason).increment();
    }
}
