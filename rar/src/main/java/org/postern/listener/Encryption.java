package org.postern.listener;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.postern.TlsFailure;
import org.postern.TlsSession;
import org.postern.smtp.server.Session;
import org.postern.tls.ClientCertificate;
import org.postern.tls.Failures;
import org.postern.tls.ServerTls;

/** A session's TLS: judges how handshakes end, and tells session, figures and log. */
record Encryption(Reception reception, Session session, ServerTls tls) {

    SslHandler newHandler(ChannelPipeline pipeline) {
        return tls.newHandler(pipeline.channel().alloc());
    }

    /** A handshake has ended. {@return whether the session may go on} */
    boolean ended(SslHandshakeCompletionEvent handshake, ChannelPipeline pipeline) {
        if (handshake.isSuccess()) {
            return began(pipeline.get(SslHandler.class));
        }
        tls.handshakeFailed(handshake.cause());
        alert(handshake.cause());
        failed(Failures.reasonOf(handshake.cause()), Failures.describe(handshake.cause()));
        return false;
    }

    private boolean began(SslHandler handler) {
        TlsSession facts = tls.describe(handler.engine());
        if (tls.clientCertificate() == ClientCertificate.REQUIRE && !facts.isVerified()) {
            // A resumed session shows no certificate anew: what it showed may not verify any more.
            failed(facts.failure().orElse(TlsFailure.UNTRUSTED), "the client certificate of a resumed session");
            return false;
        }
        session.tlsBegan(facts);
        reception.statistics().countTls(facts.protocol());
        return true;
    }

    /** Something went wrong behind the handshake, or it did, which its event has told. */
    void broke(Throwable failure) {
        if (session.tls().isPresent()) {
            alert(failure);
        }
    }

    /** What failed may have done so for an alert of the peer. */
    private void alert(Throwable failure) {
        Failures.alertOf(failure).ifPresent(reception.statistics()::countTlsAlert);
    }

    void failed(TlsFailure reason, String detail) {
        new Acquaintance(reception.environment().peers(), session).tlsFailed(reason);
        reception.journal().tlsFailure(session.facts().peer(), reason, detail);
    }
}
