package org.postern.certificate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A process that changes a store without end, to be killed. */
final class KilledStore {

    private KilledStore() {}

    public static void main(String[] arguments) {
        var bench = new StoreBench(Path.of(arguments[0]));
        if (bench.store.find("default").isEmpty()) {
            bench.selfSigned("default");
            bench.settings.change(Map.of(CertificateSettings.ACTIVE_SERVER_CERTIFICATE, "default"));
        }
        bench.expiry.run();
        System.out.println("running");
        for (int turn = 0; ; turn++) {
            change(bench, "a" + turn % 3);
            bench.clock.forward(Duration.ofDays(1));
            bench.expiry.run();
        }
    }

    private static void change(StoreBench bench, String alias) {
        if (bench.store.find(alias).isPresent()) {
            bench.activation.delete(alias);
            return;
        }
        var chain = new TestChain(bench.clock.instant());
        bench.maker.createRequest(bench.plan(alias));
        String answer = chain.pem(chain.sign(bench.store.requestOf(alias).publicKey()), chain.intermediate);
        bench.importer.importAnswer(alias, answer);
        bench.maker.renew(bench.store.load("default"));
    }
}
