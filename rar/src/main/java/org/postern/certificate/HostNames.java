package org.postern.certificate;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.util.IPAddress;

/**
 * The names and addresses that a certificate is for (RFC 5280 section 4.2.1.6).
 *
 * @param names names in lower case, those that are not ASCII as A-labels; addresses without brackets
 */
public record HostNames(List<String> names) {

    private static final int MOST = 100;
    private static final int LONGEST = 253;
    private static final Pattern NAME =
            Pattern.compile("(\\*\\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** Copies the list. */
    public HostNames {
        names = List.copyOf(names);
    }

    /**
     * Reads names separated by commas. Addresses may stand in brackets, as they do in mail.
     *
     * @throws IllegalArgumentException with a full sentence, if there is none or one is not legal
     */
    public static HostNames parse(String list) {
        return of(Stream.of(list.split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList());
    }

    /**
     * Takes names.
     *
     * @throws IllegalArgumentException with a full sentence, if there is none or one is not legal
     */
    static HostNames of(Collection<String> given) {
        var names = new LinkedHashSet<String>();
        given.forEach(name -> names.add(check(name)));
        if (names.isEmpty() || names.size() > MOST) {
            throw new IllegalArgumentException("There must be 1 to " + MOST
                    + " host names, separated by commas, such as mx.example.org, mail.example.org.");
        }
        return new HostNames(List.copyOf(names));
    }

    /** {@return the names that a certificate is for: what stands in its alternative names} */
    public static List<String> of(X509Certificate certificate) {
        try {
            GeneralNames names = GeneralNames.fromExtensions(
                    new JcaX509CertificateHolder(certificate).getExtensions(),
                    org.bouncycastle.asn1.x509.Extension.subjectAlternativeName);
            return names == null ? List.of() : show(names);
        } catch (java.security.cert.CertificateEncodingException | IllegalArgumentException e) {
            return List.of();
        }
    }

    static List<String> show(GeneralNames names) {
        var shown = new ArrayList<String>();
        for (GeneralName name : names.getNames()) {
            if (name.getTagNo() == GeneralName.dNSName || name.getTagNo() == GeneralName.iPAddress) {
                shown.add(text(name));
            }
        }
        return shown;
    }

    GeneralNames general() {
        return new GeneralNames(names.stream().map(HostNames::general).toArray(GeneralName[]::new));
    }

    private static String text(GeneralName name) {
        if (name.getTagNo() == GeneralName.dNSName) {
            return name.getName().toString().replaceAll("[^\\x21-\\x7e]", "?");
        }
        try {
            byte[] octets = org.bouncycastle.asn1.ASN1OctetString.getInstance(name.getName())
                    .getOctets();
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (UnknownHostException e) {
            return "?";
        }
    }

    private static GeneralName general(String name) {
        return new GeneralName(IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static String check(String given) {
        boolean bracketed = given.startsWith("[") && given.endsWith("]");
        String bare = bracketed ? given.substring(1, given.length() - 1) : given;
        String literal = bare.regionMatches(true, 0, "IPv6:", 0, 5) ? bare.substring(5) : bare;
        if (IPAddress.isValid(literal)) {
            return literal;
        }
        String name = ascii(bare);
        boolean looksLikeAddress = name.matches("[0-9.]+");
        if (bracketed
                || looksLikeAddress
                || given.equals(Alias.PLACEHOLDER)
                || name.length() > LONGEST
                || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A host name must be a domain name such as mx.example.org or"
                    + " *.example.org, or an IP address, but one is \"" + shown(given) + "\".");
        }
        return name;
    }

    private static String ascii(String name) {
        String wildcard = name.startsWith("*.") ? "*." : "";
        try {
            return wildcard + IDN.toASCII(name.substring(wildcard.length())).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 100 ? printable : printable.substring(0, 100) + "...";
    }
}
