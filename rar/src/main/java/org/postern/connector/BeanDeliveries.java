package org.postern.connector;

import jakarta.resource.spi.UnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.postern.Envelope;
import org.postern.InboundMail;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.administration.SettingValues;
import org.postern.listener.Deliveries;
import org.postern.listener.LimitSettings;
import org.postern.smtp.server.RecipientRules;
import org.postern.smtp.server.Replies;

/** Hands mail to message-driven beans, on threads of the container. */
final class BeanDeliveries implements Deliveries {

    private final SettingValues settings;
    private final Admission admission;
    private final WorkQueue queue;
    private final BeanCall beans;

    BeanDeliveries(SettingValues settings, Admission admission, WorkQueue queue, BeanCall beans) {
        this.settings = settings;
        this.admission = admission;
        this.queue = queue;
        this.beans = beans;
    }

    @Override
    public RecipientRules rules() {
        return admission;
    }

    @Override
    public void check(Envelope soFar, Recipient recipient, Consumer<Optional<Reply>> outcome) {
        submit(
                () -> {
                    Optional<Endpoint> endpoint = admission.endpoint(recipient.mailbox());
                    return endpoint.isEmpty()
                            ? Optional.of(Replies.NO_ENDPOINT)
                            : beans.check(endpoint.get(), soFar, recipient);
                },
                Optional.of(Replies.BUSY),
                outcome);
    }

    @Override
    public void deliver(InboundMail mail, BooleanSupplier awaited, Consumer<Reply> outcome) {
        submit(
                () -> {
                    if (!awaited.getAsBoolean()) {
                        return Replies.BUSY;
                    }
                    // The recipients belonged to one bean when they were named; beans may have come and gone since.
                    Optional<Endpoint> endpoint = onlyEndpoint(mail.envelope());
                    return endpoint.isEmpty() ? Replies.NO_ENDPOINT : beans.deliver(endpoint.get(), mail);
                },
                Replies.BUSY,
                outcome);
    }

    private Optional<Endpoint> onlyEndpoint(Envelope envelope) {
        List<Recipient> recipients = envelope.recipients();
        Optional<Endpoint> first = admission.endpoint(recipients.get(0).mailbox());
        for (Recipient other : recipients.subList(1, recipients.size())) {
            if (!admission.endpoint(other.mailbox()).equals(first)) {
                return Optional.empty();
            }
        }
        return first;
    }

    /** What a bean is called for. */
    private interface Question<T> {
        T ask() throws UnavailableException;
    }

    private <T> void submit(Question<T> question, T otherwise, Consumer<T> outcome) {
        queue.submit(
                new WorkQueue.Call() {
                    @Override
                    public void run() throws UnavailableException {
                        outcome.accept(question.ask());
                    }

                    @Override
                    public void giveUp() {
                        outcome.accept(otherwise);
                    }
                },
                settings.get(LimitSettings.DELIVERY_WAIT));
    }
}
