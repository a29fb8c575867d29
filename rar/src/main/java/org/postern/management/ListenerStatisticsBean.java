package org.postern.management;

import java.util.Map;
import org.postern.administration.Audit;
import org.postern.administration.DescribedBean;
import org.postern.listener.Statistics;
import org.postern.listener.Statistics.Figure;

/** Shows what the listener has counted. */
public final class ListenerStatisticsBean extends DescribedBean implements ListenerStatisticsMXBean {

    private final Statistics statistics;
    private final Audit audit;

    /** Makes the bean of a listener. */
    public ListenerStatisticsBean(Statistics statistics, Audit audit) {
        super(ListenerStatisticsMXBean.class);
        this.statistics = statistics;
        this.audit = audit;
    }

    @Override
    public long getSessions() {
        return statistics.get(Figure.SESSIONS);
    }

    @Override
    public long getClearSessions() {
        return statistics.get(Figure.CLEAR_SESSIONS);
    }

    @Override
    public long getTlsSessions() {
        return sum(statistics.tlsSessions());
    }

    @Override
    public String[] getTlsSessionsByProtocol() {
        return lines(statistics.tlsSessions());
    }

    @Override
    public long getTlsFailures() {
        return sum(statistics.tlsFailures());
    }

    @Override
    public String[] getTlsFailuresByReason() {
        return lines(statistics.tlsFailures());
    }

    @Override
    public long getTlsAlerts() {
        return sum(statistics.tlsAlerts());
    }

    @Override
    public String[] getTlsAlertsByName() {
        return lines(statistics.tlsAlerts());
    }

    @Override
    public long getMessagesAccepted() {
        return statistics.get(Figure.MESSAGES_ACCEPTED);
    }

    @Override
    public long getOctetsAccepted() {
        return statistics.get(Figure.OCTETS_ACCEPTED);
    }

    @Override
    public long getMessagesRefused() {
        return statistics.get(Figure.MESSAGES_REFUSED);
    }

    @Override
    public long getRecipientsRefused() {
        return statistics.get(Figure.RECIPIENTS_REFUSED);
    }

    @Override
    public String[] getRefusalsByCode() {
        return lines(statistics.refusals());
    }

    @Override
    public long getLimitsReached() {
        return sum(statistics.limits());
    }

    @Override
    public String[] getLimitsReachedBySetting() {
        return lines(statistics.limits());
    }

    @Override
    public String reset() {
        statistics.reset();
        audit.record("the listener's statistics were reset");
        return "All figures are zero.";
    }

    private static long sum(Map<?, Long> figures) {
        return figures.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String[] lines(Map<?, Long> figures) {
        return figures.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toArray(String[]::new);
    }
}
