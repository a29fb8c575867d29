package org.postern.management;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.management.Notification;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.postern.certificate.Event;
import org.postern.certificate.Fingerprints;
import org.postern.certificate.Stored;

/** Notifications of what happened to certificates: the fact is the message, details are the user data. */
final class CertificateNews {

    static final String[] TYPES =
            Stream.of(Event.Kind.values()).map(CertificateNews::type).toArray(String[]::new);

    private static final String[] NAMES = {"alias", "event", "fingerprint", "validTo"};

    private CertificateNews() {}

    static Notification of(Event event, Optional<Stored> stored, Object source, long number) {
        var news = new Notification(type(event.kind()), source, number, System.currentTimeMillis(), event.sentence());
        news.setUserData(detail(event, stored));
        return news;
    }

    private static String type(Event.Kind kind) {
        return "org.postern.certificate." + kind.name().toLowerCase(Locale.ROOT);
    }

    private static CompositeData detail(Event event, Optional<Stored> stored) {
        String fingerprint = "";
        String validTo = "";
        if (stored.orElse(null) instanceof Stored.Ready ready) {
            fingerprint = Fingerprints.of(ready.entry().certificate());
            validTo = ready.entry().certificate().getNotAfter().toInstant().toString();
        }
        try {
            OpenType<?>[] types = {SimpleType.STRING, SimpleType.STRING, SimpleType.STRING, SimpleType.STRING};
            var type = new CompositeType("CertificateEvent", "What happened to a certificate.", NAMES, NAMES, types);
            Object[] values = {event.alias(), event.kind().name(), fingerprint, validTo};
            return new CompositeDataSupport(type, NAMES, values);
        } catch (OpenDataException e) {
            throw new IllegalStateException("The names and types of the details do not go together.", e);
        }
    }
}
