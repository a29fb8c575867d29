package org.postern.tls;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Whether a certificate is for a host (RFC 9525): by its subject alternative names only, never by its subject. A wildcard stands
 * for the whole left-most label and for one label. An address is matched by addresses only.
 */
final class PeerName {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private PeerName() {}

    static boolean matches(X509Certificate certificate, String host) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        if (address != null) {
            return names(certificate, IP_ADDRESS).stream()
                    .anyMatch(name -> Arrays.equals(address, NetUtil.createByteArrayFromIpAddressString(name)));
        }
        String wanted = normal(host);
        return !wanted.isEmpty() && dnsNames(certificate).stream().anyMatch(name -> matches(name, wanted));
    }

    /** {@return the names of a certificate in lower case, with wildcards} */
    static List<String> dnsNames(X509Certificate certificate) {
        return names(certificate, DNS_NAME).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static boolean matches(String presented, String wanted) {
        if (!presented.startsWith("*.")) {
            return presented.equals(wanted);
        }
        String parent = presented.substring(1);
        int dot = wanted.indexOf('.');
        // A wildcard right below a top-level domain would be for everybody in it.
        return dot > 0 && parent.indexOf('.', 1) > 0 && wanted.substring(dot).equals(parent);
    }

    private static List<String> names(X509Certificate certificate, int type) {
        try {
            var all = certificate.getSubjectAlternativeNames();
            return all == null
                    ? List.of()
                    : all.stream()
                            .filter(name -> name.get(0).equals(type))
                            .map(name -> name.get(1).toString())
                            .toList();
        } catch (CertificateParsingException e) {
            // Names that cannot be read match nothing.
            return List.of();
        }
    }

    private static String normal(String host) {
        try {
            String ascii = IDN.toASCII(host).toLowerCase(Locale.ROOT);
            return ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
