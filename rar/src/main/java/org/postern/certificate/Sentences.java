package org.postern.certificate;

import java.time.LocalDate;
import java.time.ZoneOffset;

/** How certificates are told of. */
final class Sentences {

    private Sentences() {}

    /** {@return such as "Added the certificate mail, CN=mx.example.org, valid to 2027-11-01."} */
    static String of(String what, Entry entry) {
        return what + " " + entry + ", " + Subject.show(entry.certificate().getSubjectX500Principal()) + ", valid to "
                + end(entry) + ".";
    }

    static LocalDate end(Entry entry) {
        return LocalDate.ofInstant(entry.certificate().getNotAfter().toInstant(), ZoneOffset.UTC);
    }
}
