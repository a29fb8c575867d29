package org.postern.gateway;

import java.util.List;
import org.postern.Envelope;
import org.postern.Mailbox;
import org.postern.Receipt;
import org.postern.Recipient;

/** The fields of a delivery status (RFC 3464 section 2, with what RFC 3461 section 6.3 and RFC 6533 section 4 ask for). */
final class StatusFields {

    private static final int LONGEST_DIAGNOSTIC = 500;
    private static final String END = "\r\n";

    private final StringBuilder fields = new StringBuilder();
    private final boolean international;

    private StatusFields(boolean international) {
        this.international = international;
    }

    /**
     * Writes the fields.
     *
     * @param hostName who reports
     * @param envelope of the message that the report is about
     * @param successes of the recipients that it tells of
     * @return lines ended by CRLF, in ASCII unless the message came with SMTPUTF8
     */
    static String of(String hostName, Envelope envelope, List<Success> successes) {
        StatusFields status = new StatusFields(envelope.parameters().international());
        String envelopeId = envelope.parameters().envelopeId();
        if (!envelopeId.isEmpty()) {
            status.add("Original-Envelope-Id", DsnValues.envelopeId(envelopeId));
        }
        status.add("Reporting-MTA", reporter(hostName));
        successes.forEach(status::addRecipient);
        return status.fields.toString();
    }

    /** Only a name with a domain is one of the DNS (RFC 3461 section 6.3). */
    private static String reporter(String hostName) {
        boolean full = hostName.contains(".") && !hostName.startsWith("[");
        return (full ? "dns; " : "x-local-hostname; ") + hostName;
    }

    private void addRecipient(Success success) {
        fields.append(END);
        Recipient recipient = success.recipient();
        if (!recipient.originalRecipient().isEmpty()) {
            add("Original-Recipient", DsnValues.originalRecipient(recipient.originalRecipient(), international));
        }
        add("Final-Recipient", typed(recipient.mailbox()));
        add("Action", success.action());
        add("Status", "2.0.0");
        success.relayed().ifPresent(receipt -> {
            add("Remote-MTA", "dns; " + name(receipt.nextHop().host()));
            add("Diagnostic-Code", "smtp; " + diagnostic(receipt));
        });
    }

    private static String typed(Mailbox mailbox) {
        return (mailbox.isInternational() ? "utf-8; " : "rfc822; ") + mailbox;
    }

    /** Addresses as RFC 5321 section 4.1.3 writes them; a host name has no colon and does not end in a number. */
    private static String name(String host) {
        if (host.contains(":")) {
            return "[IPv6:" + host + "]";
        }
        return host.matches("[0-9.]+") ? "[" + host + "]" : host;
    }

    private static String diagnostic(Receipt receipt) {
        String reply = receipt.reply().toString().replaceAll("[^ -~]", "?");
        return reply.substring(0, Math.min(LONGEST_DIAGNOSTIC, reply.length()));
    }

    private void add(String name, String value) {
        fields.append(name).append(": ").append(value).append(END);
    }
}
