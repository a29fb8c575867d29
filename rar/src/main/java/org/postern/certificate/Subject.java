package org.postern.certificate;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/**
 * Whom a certificate is for, as X.500 has it.
 *
 * @param name the distinguished name, in the order in which it was written
 */
public record Subject(X500Name name) {

    private static final String FORM = "The subject must be one line such as CN=mx.example.org, O=Example, C=DE"
            + " with CN and, if wanted, O, OU, L, ST and C; a comma within a value is written as \\,.";

    /** What may stand in a subject, and how long it may be (RFC 5280 appendix A.1). */
    private static final Map<ASN1ObjectIdentifier, Integer> LONGEST =
            Map.of(BCStyle.CN, 64, BCStyle.O, 64, BCStyle.OU, 64, BCStyle.L, 128, BCStyle.ST, 128, BCStyle.C, 2);

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException with a full sentence, if something in it is not legal
     */
    public static Subject parse(String line) {
        X500Name name;
        try {
            name = new X500Name(BCStyle.INSTANCE, line.trim());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(FORM, e);
        }
        Set<ASN1ObjectIdentifier> seen = new HashSet<>();
        for (RDN part : name.getRDNs()) {
            check(part);
            seen.add(part.getFirst().getType());
        }
        if (!seen.contains(BCStyle.CN)) {
            throw new IllegalArgumentException(FORM);
        }
        return new Subject(name);
    }

    /** {@return a subject of a common name alone} */
    static Subject of(String commonName) {
        return new Subject(new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build());
    }

    /** {@return a name on one line, with the most special part first, as it is written for {@link #parse}} */
    static String show(X500Name name) {
        return show(new X500Principal(encoded(name)));
    }

    /** {@return a name on one line; control characters, which somebody else may have put in, are shown as question marks} */
    public static String show(X500Principal name) {
        String text = new X500Name(
                        BCStyle.INSTANCE,
                        X500Name.getInstance(name.getEncoded()).getRDNs())
                .toString()
                .replaceAll("[\\p{Cntrl}\\p{Cf}]", "?")
                .replaceAll(",(?=[A-Za-z0-9.]+=)", ", ");
        return text.length() <= 300 ? text : text.substring(0, 300) + "...";
    }

    private static byte[] encoded(X500Name name) {
        try {
            return name.getEncoded();
        } catch (IOException e) {
            throw new IllegalArgumentException("The name cannot be encoded.", e);
        }
    }

    private static void check(RDN part) {
        Integer longest = LONGEST.get(part.getFirst().getType());
        if (part.isMultiValued() || longest == null) {
            throw new IllegalArgumentException(FORM);
        }
        String value = IETFUtils.valueToString(part.getFirst().getValue());
        String type = BCStyle.INSTANCE.oidToDisplayName(part.getFirst().getType());
        boolean isCountry = part.getFirst().getType().equals(BCStyle.C);
        if (isCountry && !value.matches("[A-Za-z]{2}")) {
            throw new IllegalArgumentException("C in the subject must be a country's two letters, such as DE.");
        }
        if (value.isBlank() || value.length() > longest || value.equals(Alias.PLACEHOLDER)) {
            throw new IllegalArgumentException(type + " in the subject must be a text of 1 to " + longest
                    + " characters, and not the text String.");
        }
    }
}
