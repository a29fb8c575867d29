package org.postern.connector;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.postern.tls.Engine;
import org.postern.tls.ServerTls;

/** The line that says that mail can be taken, and where. */
final class ReadyLine {

    private ReadyLine() {}

    static String of(Foundation foundation, Works works) {
        ServerTls tls = works.roles().server();
        var implicit = works.listener().implicitTlsAddresses();
        return "Postern is ready: SMTP on " + text(works.listener().addresses())
                + (implicit.isEmpty() ? "" : ", implicit TLS on " + text(implicit))
                + ", TLS level " + tls.level() + (tls.isUsable() ? "" : " (no usable certificate)")
                + ", TLS engine " + Engine.best() + ", data in "
                + foundation.dataDirectory().path();
    }

    private static String text(List<InetSocketAddress> addresses) {
        return addresses.stream().map(NetUtil::toSocketAddressString).collect(Collectors.joining(", "));
    }
}
