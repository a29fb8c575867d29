package org.postern.certificate;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What was found in something to import: a key, and certificates in no certain order.
 *
 * @param key the only private key in it
 * @param certificates all certificates in it
 */
record KeyAndCertificates(PrivateKey key, List<X509Certificate> certificates) {}
