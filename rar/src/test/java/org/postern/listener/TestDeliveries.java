package org.postern.listener;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.postern.Envelope;
import org.postern.InboundMail;
import org.postern.Mailbox;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.TlsSession;
import org.postern.smtp.server.RecipientRules;
import org.postern.smtp.server.Session;

/** Takes mail for accepted.example, and answers at once unless told to hold the answers back. */
final class TestDeliveries implements Deliveries, RecipientRules {

    static final Reply REFUSAL = new Reply(550, "5.7.1", "Not relayed");

    final List<Taken> taken = new CopyOnWriteArrayList<>();
    final BlockingQueue<Consumer<Reply>> heldBack = new LinkedBlockingQueue<>();
    final BlockingQueue<Consumer<Optional<Reply>>> questions = new LinkedBlockingQueue<>();
    volatile boolean holdBack;
    volatile boolean holdQuestionsBack;
    volatile Function<InboundMail, Reply> answer = mail -> new Reply(250, "2.0.0", "Accepted");

    /** What came, read while it could be. */
    record Taken(Envelope envelope, String content, String helo, Optional<TlsSession> tls) {}

    @Override
    public RecipientRules rules() {
        return this;
    }

    @Override
    public Optional<Reply> refusal(Session session, Envelope soFar, Mailbox mailbox) {
        return mailbox.domainKey().equals("accepted.example") || mailbox.isPostmaster()
                ? Optional.empty()
                : Optional.of(REFUSAL);
    }

    @Override
    public boolean asksApplication(Recipient recipient) {
        return recipient.mailbox().localPart().startsWith("ask");
    }

    @Override
    public void check(Envelope soFar, Recipient recipient, Consumer<Optional<Reply>> outcome) {
        if (holdQuestionsBack) {
            questions.add(outcome);
            return;
        }
        boolean unknown = recipient.mailbox().localPart().equals("ask-unknown");
        outcome.accept(unknown ? Optional.of(new Reply(550, "5.1.1", "Nobody here")) : Optional.empty());
    }

    /** {@return the next message that is held back, when it has come} */
    Consumer<Reply> nextHeldBack() throws InterruptedException {
        return Objects.requireNonNull(heldBack.poll(20, TimeUnit.SECONDS), "No message has come.");
    }

    /** {@return the next question that is held back, when it has come} */
    Consumer<Optional<Reply>> nextQuestion() throws InterruptedException {
        return Objects.requireNonNull(questions.poll(20, TimeUnit.SECONDS), "No question has come.");
    }

    @Override
    public void deliver(InboundMail mail, BooleanSupplier awaited, Consumer<Reply> outcome) {
        try (InputStream in = mail.content().stream()) {
            String content = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            taken.add(new Taken(mail.envelope(), content, mail.heloName(), mail.tls()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        if (holdBack) {
            heldBack.add(outcome);
        } else {
            outcome.accept(answer.apply(mail));
        }
    }
}
