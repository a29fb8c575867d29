package org.postern.smtp.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.postern.Reply;

/** EHLO and HELO (RFC 5321 section 4.1.1.1). */
final class Hello implements Command {

    /** Wider than the grammar, as many a host does not know its name; narrow enough to stand in a header field. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}");

    private final String verb;

    Hello(String verb) {
        this.verb = verb;
    }

    @Override
    public Action parse(String argument) throws SyntaxException {
        String name = argument.trim();
        if (!NAME.matcher(name).matches()) {
            throw new SyntaxException(501, "5.5.4", "Syntax: " + verb + " host name or address literal");
        }
        boolean extended = verb.equals("EHLO");
        return session -> {
            session.hello(name, extended);
            String greeting = session.facts().hostName() + " greets " + name;
            return extended ? new Reply(250, "", lines(session, greeting)) : new Reply(250, "", greeting);
        };
    }

    private static List<String> lines(Session session, String greeting) {
        List<String> lines = new ArrayList<>();
        lines.add(greeting);
        for (Extension extension : Extension.ALL) {
            extension.ehloLine(session).ifPresent(lines::add);
        }
        return lines;
    }
}
