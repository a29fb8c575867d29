package org.postern.tls;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postern.TlsFailure;

/** Why a handshake failed. */
public final class Failures {

    private static final int DEEPEST_CAUSE = 20;
    private static final int LONGEST_TEXT = 600;

    /** What the engines say, in lower case without separators, where versions or suites do not meet. */
    private static final String[] NO_COMMON_PROTOCOL = {
        "protocolversion",
        "unsupportedprotocol",
        "noappropriateprotocol",
        "selectedprotocolversion",
        "noprotocolsenabled",
        "notacceptedbyclientpreferences",
        "notacceptedbyserverpreferences",
        "isnotenabledorsupported",
        "nosharedcipher",
        "nocommonsignaturealgorithms",
        "noavailableauthenticationscheme",
        "nociphersuitesincommon",
        "insufficientsecurity",
        "handshakefailureonclienthello"
    };

    /** As BoringSSL and as the JDK tell of an alert that has come. */
    private static final Pattern ALERT =
            Pattern.compile("(?:(?:SSLV3|TLSV1)_ALERT_|(?i:received fatal alert: ))([A-Za-z0-9_]+)");

    private Failures() {}

    /**
     * Tells why a handshake failed.
     *
     * @param failure what the handshake's future or the pipeline reported
     * @return the reason; {@link TlsFailure#HANDSHAKE} where it is none of the particular ones
     */
    public static TlsFailure reasonOf(Throwable failure) {
        return causes(failure)
                .flatMap(cause -> reason(cause).stream())
                .findFirst()
                .orElse(TlsFailure.HANDSHAKE);
    }

    /**
     * Tells the same in words, for a log.
     *
     * @param failure what the handshake's future or the pipeline reported
     * @return a sentence that names the certificate where one was not accepted; bounded, without control characters
     */
    public static String describe(Throwable failure) {
        Throwable told = causes(failure)
                .filter(UnverifiedException.class::isInstance)
                .findFirst()
                .orElse(failure);
        String text = String.valueOf(told.getMessage()).replaceAll("\\p{Cntrl}", "?");
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }

    /**
     * Tells which alert the peer sent (RFC 8446 section 6), where it was one that ended it.
     *
     * @param failure what the handshake's future or the pipeline reported
     * @return its name in the RFC, such as {@code unknown_ca}
     */
    public static Optional<String> alertOf(Throwable failure) {
        return causes(failure)
                .map(cause -> ALERT.matcher(String.valueOf(cause.getMessage())))
                .filter(Matcher::find)
                .map(found -> found.group(1).toLowerCase(Locale.ROOT))
                .findFirst();
    }

    private static Optional<TlsFailure> reason(Throwable cause) {
        if (cause instanceof UnverifiedException unverified) {
            return Optional.of(unverified.failure());
        }
        String text = normal(String.valueOf(cause.getMessage()));
        return Stream.of(NO_COMMON_PROTOCOL).anyMatch(text::contains)
                ? Optional.of(TlsFailure.PROTOCOL)
                : Optional.empty();
    }

    /** {@return what an engine says, in lower case without separators} */
    static String normal(String message) {
        return message.toLowerCase(Locale.ROOT).replaceAll("[ _:]", "");
    }

    static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST_CAUSE);
    }
}
