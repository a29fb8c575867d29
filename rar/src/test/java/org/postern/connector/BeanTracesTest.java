package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.InternalThreadLocalMap;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.container.Container;
import org.postern.outbound.ScriptedServer;

/** Threads that call management beans are not the adapter's, and outlive it: nothing of it stays with them. */
class BeanTracesTest {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    Path folder;

    private final Container container = new Container(12);
    private final PosternResourceAdapter adapter = new PosternResourceAdapter();
    private final ExecutorService caller = Executors.newSingleThreadExecutor();
    private String domain;

    private interface Call {
        Object make() throws Exception;
    }

    @BeforeEach
    void start() throws Exception {
        domain = "test." + folder.getFileName();
        adapter.setManagementDomain(domain);
        adapter.setDataDirectory(folder.resolve("data").toString());
        adapter.setHost("127.0.0.1");
        adapter.setPort("0");
        adapter.setHostName("gateway.example.org");
        adapter.start(container);
    }

    @AfterEach
    void stop() throws InterruptedException {
        caller.shutdown();
        adapter.stop();
        container.stop();
    }

    @Test
    void operationsShouldLeaveNothingOfNettyWithTheirThread() throws Exception {
        check(() -> operation("CertificateStore", "createSelfSigned", "own", "CN=x.example", "x.example", "", 0));
        check(() -> operation("Certificate,name=own", "activateAsServer"));
        check(() -> operation("Certificate,name=own", "activateAsClient"));
        check(() -> operation("CertificateStore", "reload"));
        check(() -> operation("Policies", "setPolicy", "example.org", "REQUIRE"));
        check(() -> operation("ClientTls", "explain", "localhost"));
        check(() -> operation("Listener,name=smtp", "pause"));
        check(() -> operation("Listener,name=smtp", "resume"));
    }

    @Test
    void probeShouldLeaveNothingOfNettyWithItsThread() throws Exception {
        String transcript = "S: 220 mx.example.org\nC: EHLO gateway.example.org\nS: 250 mx.example.org\n";
        try (ScriptedServer server = new ScriptedServer(null, List.of(transcript))) {
            check(() -> operation(
                    "ClientTls", "probe", "localhost", server.nextHop().port()));
        }
    }

    @Test
    void attributesShouldLeaveNothingOfNettyWithTheirThread() throws Exception {
        check(() -> {
            BEANS.setAttribute(name("ServerTls"), new Attribute("Protocols", "TLSv1.3"));
            return null;
        });
        var several = new AttributeList();
        several.add(new Attribute("Protocols", "TLSv1.3"));
        several.add(new Attribute("Level", "REQUIRE"));
        check(() -> BEANS.setAttributes(name("ClientTls"), several));
        for (ObjectName bean : BEANS.queryNames(new ObjectName(domain + ":*"), null)) {
            String[] all = Stream.of(BEANS.getMBeanInfo(bean).getAttributes())
                    .map(MBeanFeatureInfo::getName)
                    .toArray(String[]::new);
            check(() -> BEANS.getAttributes(bean, all));
        }
    }

    /** Makes a call on a thread that lives on, as a console's do, and looks what it has left. */
    private void check(Call call) throws Exception {
        Object left = caller.submit(() -> {
                    call.make();
                    return InternalThreadLocalMap.getIfSet();
                })
                .get(60, TimeUnit.SECONDS);
        assertThat(left).isNull();
    }

    private Object operation(String type, String operation, Object... arguments) throws Exception {
        String[] types = Stream.of(arguments)
                .map(argument -> argument instanceof Integer ? "int" : String.class.getName())
                .toArray(String[]::new);
        return BEANS.invoke(name(type), operation, arguments, types);
    }

    private ObjectName name(String type) throws Exception {
        return new ObjectName(domain + ":type=" + type);
    }
}
