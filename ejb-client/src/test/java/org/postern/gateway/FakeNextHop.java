package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import jakarta.resource.ResourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.Reference;
import org.postern.Envelope;
import org.postern.MailConnection;
import org.postern.MailConnectionFactory;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.SendOption;
import org.postern.administration.Administration;
import org.postern.administration.Setting;
import org.postern.administration.SettingType;
import org.postern.administration.SettingTypes;

/** A factory whose connections lead to one server, which takes everything until it is told otherwise. */
@SuppressWarnings("serial")
final class FakeNextHop implements MailConnectionFactory {

    /**
     * What it was sent.
     *
     * @param nextHop where to
     * @param envelope for whom
     * @param content the message
     */
    record Sent(NextHop nextHop, Envelope envelope, String content) {}

    /** Where it says that all mail goes; empty for each domain's own servers. The adapter has this setting. */
    static final Setting<Optional<NextHop>> NEXT_HOP = new Setting<>(
            "nextHop",
            SettingTypes.optional(new SettingType<>("a next hop", NextHop::parse)),
            "",
            "Where all mail goes.");

    final List<Sent> sent = new ArrayList<>();
    final Map<Recipient, Reply> refusals = new LinkedHashMap<>();
    ResourceException failure;
    boolean dsn;
    int open;
    private final Administration administration;

    FakeNextHop(Administration administration) {
        this.administration = administration;
    }

    @Override
    public MailConnection getConnection(NextHop nextHop) throws ResourceException {
        if (failure != null && !(failure instanceof MailDeliveryException)) {
            throw failure;
        }
        open++;
        return new Connection(nextHop);
    }

    @Override
    public NextHop nextHopFor(String domain) {
        return administration.settings().get(NEXT_HOP).orElseGet(() -> NextHop.forDomain(domain));
    }

    @Override
    public Administration administration() {
        return administration;
    }

    @Override
    public void setReference(Reference reference) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Reference getReference() {
        throw new UnsupportedOperationException();
    }

    private final class Connection implements MailConnection {

        private final NextHop nextHop;

        Connection(NextHop nextHop) {
            this.nextHop = nextHop;
        }

        @Override
        public Receipt send(Envelope envelope, MailContent content, SendOption... options)
                throws MailDeliveryException {
            // What is relayed is not changed; what is written here may be.
            boolean own = read(content).contains("\r\nAuto-Submitted: auto-replied\r\n");
            assertThat(options).isEqualTo(own ? new SendOption[] {SendOption.CONVERT_EIGHT_BIT} : new SendOption[0]);
            if (failure instanceof MailDeliveryException delivery) {
                throw delivery;
            }
            Reply taken = new Reply(250, "2.0.0", "OK");
            List<Receipt.Result> results = envelope.recipients().stream()
                    .map(recipient -> new Receipt.Result(recipient, refusals.getOrDefault(recipient, taken)))
                    .toList();
            if (results.stream().noneMatch(Receipt.Result::isAccepted)) {
                throw new MailDeliveryException("No recipient was accepted by " + nextHop + ".", results);
            }
            sent.add(new Sent(nextHop, envelope, read(content)));
            return new Receipt(nextHop, results, taken, Optional.empty(), dsn);
        }

        @Override
        public Receipt send(MimeMessage message, SendOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            open--;
        }
    }

    private static String read(MailContent content) {
        try (InputStream in = content.stream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
