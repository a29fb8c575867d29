package org.postern.certificate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.jcajce.JcaCertificateID;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Answers for an authority whether it has revoked something (OCSP over HTTP, RFC 6960 appendix A). */
public final class TestResponder implements AutoCloseable {

    private final TestAuthority authority;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<BigInteger, Instant> revoked = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** Starts it on a free port; certificates that the authority issues from now on name it. */
    public TestResponder(TestAuthority authority) throws IOException {
        this.authority = authority;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        authority.askedAt("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Revokes a certificate. */
    public void revoke(Entry entry) {
        revoke(entry, Instant.now());
    }

    /** Revokes a certificate, at a moment by the authority's clock. */
    public void revoke(Entry entry, Instant when) {
        revoked.put(entry.certificate().getSerialNumber(), when);
    }

    /** {@return how often it was asked} */
    public int asked() {
        return asked.get();
    }

    /** Answers nobody until what is returned is counted down. */
    public CountDownLatch hold() {
        gate = new CountDownLatch(1);
        return gate;
    }

    /** Waits until somebody has asked. */
    public boolean awaitAsked() throws InterruptedException {
        return reached.await(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        reached.countDown();
        try (exchange) {
            gate.await();
            byte[] request = exchange.getRequestMethod().equals("GET")
                    ? Base64.getDecoder()
                            .decode(exchange.getRequestURI().getPath().substring(1))
                    : exchange.getRequestBody().readAllBytes();
            byte[] response = respond(new OCSPReq(request)).getEncoded();
            exchange.getResponseHeaders().add("Content-Type", "application/ocsp-response");
            exchange.sendResponseHeaders(200, response.length);
            exchange.getResponseBody().write(response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OCSPException | OperatorCreationException e) {
            throw new IOException(e);
        }
    }

    private OCSPResp respond(OCSPReq request) throws OCSPException, OperatorCreationException {
        var digests = new JcaDigestCalculatorProviderBuilder().build();
        BasicOCSPRespBuilder builder = new JcaBasicOCSPRespBuilder(
                authority.certificate().getPublicKey(), digests.get(JcaCertificateID.HASH_SHA1));
        Date now = Date.from(Instant.now());
        for (Req each : request.getRequestList()) {
            Instant when = revoked.get(each.getCertID().getSerialNumber());
            CertificateStatus status =
                    when == null ? CertificateStatus.GOOD : new RevokedStatus(Date.from(when), CRLReason.keyCompromise);
            builder.addResponse(
                    each.getCertID(), status, now, Date.from(Instant.now().plusSeconds(600)));
        }
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(authority.key());
        return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, builder.build(signer, null, now));
    }
}
