package org.postern.outbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.smtp.client.Chunks;
import org.postern.smtp.client.Commands;
import org.postern.smtp.client.Demands;
import org.postern.smtp.client.Feature;
import org.postern.smtp.client.Features;
import org.postern.smtp.client.Outcome;

/**
 * One message on its way, in as few flights as the server's extensions allow:
 *
 * <pre>
 * PIPELINING, CHUNKING, small   MAIL RCPT... BDAT content
 * PIPELINING, CHUNKING, large   MAIL RCPT... | BDAT content
 * PIPELINING                    MAIL RCPT... DATA | content
 * CHUNKING                      MAIL | RCPT | ... | BDAT content
 * neither                       MAIL | RCPT | ... | DATA | content
 * </pre>
 *
 * <p>Used on the event loop, but for {@link #close}.
 */
final class Sending implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Sending.class.getName());
    private static final int CLOSING = 421;
    private static final int GO_AHEAD = 354;
    private static final byte[] LONE_DOT = ".\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Wire wire;
    private final Message message;
    private final Timeouts timeouts;
    private final Executor caller;
    private final Features features;
    private final Outcome outcome;
    private final boolean lmtp;
    private final boolean chunking;
    private final Chunks chunks;

    /**
     * Prepares.
     *
     * @param wire a connection that is ready for a message
     * @param message what to send
     * @param timeouts how long to wait
     * @param caller reads large content
     */
    Sending(Wire wire, Message message, Timeouts timeouts, Executor caller) {
        this.wire = wire;
        this.message = message;
        this.timeouts = timeouts;
        this.caller = caller;
        this.features = wire.features();
        this.outcome = new Outcome(wire.server(), message.envelope(), features);
        this.lmtp = wire.server().way() == NextHop.Way.LMTP;
        // How many replies BDAT has with LMTP is a matter of opinion; with DATA it is not (RFC 2033 section 4.2).
        this.chunking = features.offers(Feature.CHUNKING) && !lmtp;
        this.chunks = chunking ? Chunks.counted(message.content()) : Chunks.dotted(message.content());
    }

    /** {@return what became of it, or MailDeliveryException} */
    CompletableFuture<Receipt> start() {
        try {
            Demands.check(wire.server(), message.envelope(), message.content(), features);
        } catch (MailDeliveryException e) {
            return CompletableFuture.failedFuture(e);
        }
        if (outcome.unasked().isEmpty()) {
            return CompletableFuture.failedFuture(outcome.unwelcome());
        }
        wire.begins();
        return features.offers(Feature.PIPELINING) ? together() : oneByOne();
    }

    /** Closes the content. On the thread that sends. */
    @Override
    public void close() {
        try {
            chunks.close();
        } catch (IOException e) {
            // What became of the message is the server's to say, and it has.
            LOG.log(System.Logger.Level.DEBUG, "The content of a message could not be closed.", e);
        }
    }

    private CompletableFuture<Receipt> together() {
        List<String> commands = new ArrayList<>();
        commands.add(mail());
        outcome.unasked().forEach(to -> commands.add(Commands.rcpt(to, features)));
        if (chunking && message.content().isSmall()) {
            commands.add(Commands.bdatLast(message.content().size()));
            return wire.fly(new Flight(commands, ending(), commands.size(), timeouts.end()))
                    .thenCompose(replies -> end(envelopeAnswered(replies)));
        }
        if (chunking) {
            return wire.fly(Flight.of(timeouts.command(), commands)).thenCompose(replies -> {
                envelopeAnswered(replies);
                return outcome.isWelcome() ? bdat() : unwelcome();
            });
        }
        commands.add(Commands.DATA);
        return wire.fly(Flight.of(timeouts.command(), commands))
                .thenCompose(replies -> dataAnswered(envelopeAnswered(replies)));
    }

    /** Takes the replies to MAIL and RCPT, and gives back the last of all, which may be to another command. */
    private Reply envelopeAnswered(List<Reply> replies) {
        outcome.mail(replies.get(0));
        int recipients = outcome.unasked().size();
        replies.subList(1, 1 + recipients).forEach(outcome::recipient);
        return replies.get(replies.size() - 1);
    }

    private CompletableFuture<Receipt> oneByOne() {
        return wire.fly(Flight.of(timeouts.command(), mail())).thenCompose(replies -> {
            outcome.mail(replies.get(0));
            return outcome.isSenderWelcome() ? nextRecipient() : unwelcome();
        });
    }

    private CompletableFuture<Receipt> nextRecipient() {
        List<Recipient> unasked = outcome.unasked();
        if (unasked.isEmpty()) {
            return !outcome.isWelcome() ? unwelcome() : chunking ? bdat() : data();
        }
        Flight flight = Flight.of(timeouts.command(), Commands.rcpt(unasked.get(0), features));
        return wire.fly(flight).thenCompose(replies -> {
            Reply reply = replies.get(0);
            if (reply.code() == CLOSING) {
                unasked.forEach(to -> outcome.recipient(reply));
                return end(reply);
            }
            outcome.recipient(reply);
            return nextRecipient();
        });
    }

    private CompletableFuture<Receipt> data() {
        return wire.fly(Flight.of(timeouts.data(), Commands.DATA)).thenCompose(replies -> dataAnswered(replies.get(0)));
    }

    private CompletableFuture<Receipt> dataAnswered(Reply reply) {
        if (reply.code() != GO_AHEAD) {
            return end(reply.isNegative() ? reply : nonsense("The server answered DATA with " + reply));
        }
        if (!outcome.isWelcome()) {
            // A server that wants content for nobody gets none (RFC 2920 section 3.1).
            return wire.fly(new Flight(List.of(), List.of(LONE_DOT), 1, timeouts.end()))
                    .thenCompose(replies -> unwelcome());
        }
        return content(List.of());
    }

    private CompletableFuture<Receipt> bdat() {
        return content(List.of(Commands.bdatLast(message.content().size())));
    }

    private CompletableFuture<Receipt> content(List<String> command) {
        if (message.content().isSmall()) {
            return wire.fly(new Flight(command, ending(), ends(), timeouts.end()))
                    .thenCompose(this::end);
        }
        ContentPump pump = new ContentPump(wire, chunks, caller, timeouts.block());
        CompletableFuture<List<Reply>> answered = wire.fly(new Flight(command, List.of(), ends(), timeouts.end()));
        pump.start();
        return answered.thenCompose(replies -> pump.isDone() ? end(replies) : end(early(replies.get(0))));
    }

    /** A reply ahead of the end of the content can only be a refusal, after which the rest has no place to go. */
    private Reply early(Reply reply) {
        Reply cut = nonsense("The server answered before it had all of the content: " + reply);
        return reply.isNegative() ? reply : cut;
    }

    private Reply nonsense(String sentence) {
        Reply reply = OwnVerdict.lost(sentence, "4.5.0");
        wire.lose(reply);
        return reply;
    }

    private CompletableFuture<Receipt> unwelcome() {
        return CompletableFuture.failedFuture(outcome.unwelcome());
    }

    /** {@return how many replies the content has: with LMTP one for each recipient that was accepted} */
    private int ends() {
        return lmtp ? outcome.accepted() : 1;
    }

    private CompletableFuture<Receipt> end(List<Reply> ends) {
        if (!lmtp) {
            return end(ends.get(0));
        }
        wire.used(ends.stream().allMatch(Reply::isPositive));
        try {
            return CompletableFuture.completedFuture(outcome.receipt(ends, wire.tls()));
        } catch (MailDeliveryException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Receipt> end(Reply last) {
        wire.used(outcome.isWelcome() && last.isPositive());
        try {
            return CompletableFuture.completedFuture(outcome.receipt(last, wire.tls()));
        } catch (MailDeliveryException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private String mail() {
        return Commands.mail(message.envelope(), message.content(), features);
    }

    /**
     * {@return the content, and QUIT behind it where this is the last message of the connection: it may be the last command of a
     * group (RFC 2920 section 3.1)} Small content is in memory: reading it blocks nobody.
     */
    private List<byte[]> ending() {
        List<byte[]> pieces = new ArrayList<>();
        try {
            while (chunks.hasNext()) {
                pieces.add(chunks.next());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (features.offers(Feature.PIPELINING) && wire.isWornOut(timeouts.lifetime())) {
            pieces.add(Commands.octets(List.of(Commands.QUIT)));
            wire.leaves();
        }
        return pieces;
    }
}
