package org.postern.management;

import org.postern.administration.Description;

/** What is shown of a certificate. Its private key is never part of it. */
public interface CertificateFacts {

    @Description("The name in the store.")
    String getAlias();

    @Description(
            "READY: can be used. PENDING: a request that waits for the answer of an authority. DAMAGED: see Problem; the other"
                    + " certificates are not touched by it.")
    String getState();

    @Description("What is wrong with the files of a DAMAGED certificate; empty for others.")
    String getProblem();

    @Description("How it came here: SELF_SIGNED, REQUEST, PFX, PEM, or FILES for what was put into the folder.")
    String getOrigin();

    @Description(
            "What it is active as: default server certificate, server certificate for its names, client certificate.")
    String[] getRoles();

    @Description("Whom it is for.")
    String getSubject();

    @Description("The authority that has signed it.")
    String getIssuer();

    @Description("Serial number in hexadecimal digits.")
    String getSerial();

    @Description("The host names and addresses that it is for.")
    String[] getHostNames();

    @Description("From when it is valid, in UTC.")
    String getValidFrom();

    @Description("Until when it is valid, in UTC.")
    String getValidTo();

    @Description("Whole days until it expires, negative afterwards; 99999 where there is no certificate yet.")
    long getDaysToExpiry();

    @Description("The kind of its key, such as EC-P256.")
    String getKey();

    @Description("How its issuer has signed it.")
    String getSignatureAlgorithm();

    @Description("SHA-256 of the certificate.")
    String getFingerprint();

    @Description("SHA-256 of the public key, as it is used in TLSA records 3 1 1.")
    String getKeyFingerprint();

    @Description("The certificate and its issuers, one line each.")
    String[] getChain();

    @Description("When it, or the request for it, came into the store.")
    String getAdded();
}
