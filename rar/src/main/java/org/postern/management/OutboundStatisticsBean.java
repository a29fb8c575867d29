package org.postern.management;

import java.util.stream.Stream;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.postern.TlsFailure;
import org.postern.administration.Audit;
import org.postern.administration.DescribedBean;
import org.postern.outbound.DeadHosts;
import org.postern.outbound.DeliveryNews;
import org.postern.outbound.OutboundStatistics;

/** The bean {@code type=OutboundStatistics}. */
public final class OutboundStatisticsBean extends DescribedBean implements OutboundStatisticsMXBean {

    /** Delivery to a domain was stopped. */
    static final String STOPPED = "org.postern.delivery.stopped";

    /** Delivery to a domain goes on again. */
    static final String HEALED = "org.postern.delivery.healed";

    private static final String[] NAMES = {"domain", "reason", "messages"};

    private final OutboundStatistics statistics;
    private final DeadHosts dead;
    private final Audit audit;

    /**
     * Makes it.
     *
     * @param statistics what was counted
     * @param dead addresses that are passed over
     * @param audit is told of resets
     */
    public OutboundStatisticsBean(OutboundStatistics statistics, DeadHosts dead, Audit audit) {
        super(
                OutboundStatisticsMXBean.class,
                new MBeanNotificationInfo(
                        new String[] {STOPPED, HEALED},
                        Notification.class.getName(),
                        "Delivery to a domain was stopped by what is demanded of TLS or a lost client certificate (at once, then at most hourly with the"
                                + " number of messages), or goes on again."));
        this.statistics = statistics;
        this.dead = dead;
        this.audit = audit;
        statistics.observe(this::tell);
    }

    @Override
    public long getClearConnections() {
        return statistics.clearConnections();
    }

    @Override
    public long getTlsConnections() {
        return statistics.tlsConnections();
    }

    @Override
    public long getClearRetries() {
        return statistics.clearRetries();
    }

    @Override
    public long getDelivered() {
        return statistics.delivered();
    }

    @Override
    public long getNotDelivered() {
        return statistics.notDelivered();
    }

    @Override
    public long getTlsFailures() {
        return Stream.of(TlsFailure.values()).mapToLong(statistics::tlsFailures).sum();
    }

    @Override
    public String[] getFailuresByReason() {
        return Stream.of(TlsFailure.values())
                .filter(reason -> statistics.tlsFailures(reason) > 0)
                .map(reason -> reason + ": " + statistics.tlsFailures(reason))
                .toArray(String[]::new);
    }

    @Override
    public String[] getSessions() {
        return statistics.results().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toArray(String[]::new);
    }

    @Override
    public String[] getStoppedDomains() {
        return statistics.stoppedDomains();
    }

    @Override
    public int getDeadAddresses() {
        return dead.size();
    }

    @Override
    public String reset() {
        return new Operation(audit).run(() -> {
            statistics.reset();
            return "put the outbound statistics to zero";
        });
    }

    @Override
    public String retryDeadAddresses() {
        return new Operation(audit).run(() -> {
            int known = dead.size();
            dead.clear();
            return "forgot " + known + " addresses that were passed over; the next message tries them again";
        });
    }

    private void tell(DeliveryNews news) {
        var notification = new Notification(
                news.healed() ? HEALED : STOPPED,
                this,
                nextSequenceNumber(),
                System.currentTimeMillis(),
                news.sentence() + (news.messages() > 1 ? " " + news.messages() + " messages." : ""));
        notification.setUserData(detail(news));
        notifySubscribers(notification);
    }

    private static CompositeData detail(DeliveryNews news) {
        try {
            OpenType<?>[] types = {SimpleType.STRING, SimpleType.STRING, SimpleType.LONG};
            var type = new CompositeType("Delivery", "Delivery to a domain.", NAMES, NAMES, types);
            Object[] values = {news.domain(), news.reason(), news.messages()};
            return new CompositeDataSupport(type, NAMES, values);
        } catch (OpenDataException e) {
            throw new IllegalStateException("The names and types of the details do not go together.", e);
        }
    }
}
