package org.postern.smtp.server;

import java.util.Map;
import java.util.Optional;
import org.postern.MailParameters;
import org.postern.Mailbox;
import org.postern.Reply;
import org.postern.smtp.Ascii;
import org.postern.smtp.Path;

/** MAIL (RFC 5321 section 4.1.1.2) with SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531), RET and ENVID (RFC 3461). */
final class Mail implements Command {

    private static final String SYNTAX = "Syntax: MAIL FROM:<address>";
    private static final int MAX_SIZE_DIGITS = 20;

    @Override
    public Action parse(String argument) throws SyntaxException {
        Path path = PathArgument.cut(argument, "FROM:", SYNTAX);
        Optional<Mailbox> reversePath =
                path.isNull() ? Optional.empty() : Optional.of(PathArgument.mailbox(path, "5.1.7"));
        Map<String, String> parameters = PathArgument.parameters(path.rest());
        long size = 0;
        boolean eightBit = false;
        boolean international = false;
        String returned = "";
        String envelopeId = "";
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            switch (parameter.getKey()) {
                case "SIZE" -> size = size(parameter.getValue());
                case "BODY" -> eightBit = eightBit(parameter.getValue());
                case "SMTPUTF8" -> international = flag(parameter);
                case "RET" -> returned = DeliveryReports.returned(parameter.getValue());
                case "ENVID" -> envelopeId = DeliveryReports.envelopeId(parameter.getValue());
                default -> throw PathArgument.unknown(parameter.getKey());
            }
        }
        if (!international && reversePath.filter(Mailbox::isInternational).isPresent()) {
            throw PathArgument.needsSmtputf8(550);
        }
        return action(reversePath, new MailParameters(eightBit, international, returned, envelopeId), size);
    }

    private static Action action(Optional<Mailbox> reversePath, MailParameters parameters, long size) {
        return session -> {
            if (session.hasTransaction()) {
                return new Reply(503, "5.5.1", "A sender was given already; RSET begins anew");
            }
            if (session.tls().isEmpty() && session.rules().demandsTlsFrom(reversePath)) {
                return Replies.TLS_FOR_SENDER;
            }
            long limit = session.facts().maxMessageSize();
            if (limit > 0 && size > limit) {
                return Replies.tooBig(limit);
            }
            session.begin(reversePath, parameters, size);
            return Replies.SENDER_OK;
        };
    }

    private static long size(String value) throws SyntaxException {
        if (value.length() > MAX_SIZE_DIGITS || !Ascii.isNumber(value)) {
            throw new SyntaxException(501, "5.5.4", "SIZE must be a number of octets");
        }
        // Twenty digits are legal and can be more than a long holds; more than any limit is all that matters then.
        return value.length() > 18 ? Long.MAX_VALUE : Long.parseLong(value);
    }

    private static boolean flag(Map.Entry<String, String> parameter) throws SyntaxException {
        if (!parameter.getValue().isEmpty()) {
            throw new SyntaxException(501, "5.5.4", parameter.getKey() + " takes no value");
        }
        return true;
    }

    private static boolean eightBit(String value) throws SyntaxException {
        return switch (Ascii.upper(value)) {
            case "7BIT" -> false;
            case "8BITMIME" -> true;
            default -> throw new SyntaxException(501, "5.5.4", "BODY must be 7BIT or 8BITMIME");
        };
    }
}
