package org.postern.test.application;

import java.util.Map;
import org.postern.administration.DescribedBean;

/** The management bean of this application, among the adapter's. */
final class TestApplication extends DescribedBean implements TestApplicationMXBean {

    private final Records records;
    private final Sender sender;

    TestApplication(Records records, Sender sender) {
        super(TestApplicationMXBean.class);
        this.records = records;
        this.sender = sender;
    }

    @Override
    public Map<String, String> seen(String subject) {
        return records.seen(subject);
    }

    @Override
    public byte[] content(String subject) {
        return records.content(subject);
    }

    @Override
    public int getWaiting() {
        return records.gate().waiting();
    }

    @Override
    public void hold() {
        records.gate().close();
    }

    @Override
    public void release() {
        records.gate().open();
    }

    @Override
    public Map<String, String> send(String nextHop, String from, String[] recipients, byte[] content) {
        return sender.send(nextHop, from, recipients, content);
    }

    @Override
    public Map<String, String> sendMessage(String nextHop, String to, String blindCopyTo, String subject) {
        return sender.sendMessage(nextHop, to, blindCopyTo, subject);
    }
}
