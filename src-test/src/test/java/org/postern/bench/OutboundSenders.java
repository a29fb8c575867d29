package org.postern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.postern.test.ChildProcess;
import org.postern.test.PostfixInstance;

/**
 * The senders of a run.
 *
 * @param all those that could be started
 * @param missing why others were not, in full sentences
 */
record OutboundSenders(List<OutboundSender> all, List<String> missing) implements AutoCloseable {

    static final String POSTERN = "Postern";

    /** Starts all that this machine has. Flags are those of their JVMs. */
    static OutboundSenders start(Path folder, Tools tools, List<String> flags) throws IOException {
        var senders = new OutboundSenders(new ArrayList<>(), new ArrayList<>());
        try {
            senders.all.add(new LoadSender(tools));
            senders.all.add(postern(folder, tools, flags));
            senders.all.add(angus(folder, tools, flags));
            Optional<Path> nodemailer = NodePackages.find("nodemailer");
            if (nodemailer.isPresent()) {
                senders.all.add(nodemailer(folder, tools, nodemailer.get()));
            } else {
                senders.missing.add("nodemailer: neither npm nor Debian's node-nodemailer gave it.");
            }
            if (PostfixInstance.isHere()) {
                senders.all.add(PostfixSender.start(folder.resolve("postfix"), tools));
            } else {
                senders.missing.add(PostfixServer.MISSING);
            }
            return senders;
        } catch (IOException | RuntimeException e) {
            senders.close();
            throw e;
        }
    }

    private static OutboundSender postern(Path folder, Tools tools, List<String> flags) throws IOException {
        Path trust = Files.createDirectories(folder.resolve("data").resolve("trust"));
        Files.copy(tools.root(), trust.resolve("root.pem"));
        WebArchive application = ShrinkWrap.create(WebArchive.class, "sending.war")
                .addClasses(Discard.class, SendingApplication.class, Commanded.class, Commanded.Command.class)
                .addClasses(Commanded.Doing.class, Way.class, Way.Target.class)
                .addAsWebInfResource("application/glassfish-resources.xml", "glassfish-resources.xml")
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
        return CommandedSender.start(POSTERN, 0.9, control -> {
            List<String> settings = List.of(
                    "-Dpostern.host=127.0.0.1",
                    "-Dpostern.port=0",
                    "-Dpostern.clientTlsLevel=REQUIRE_AND_VERIFY",
                    "-Dbenchmark.control=" + control);
            return PayaraMicro.start(
                    folder,
                    application,
                    Stream.concat(flags.stream(), settings.stream()).toList());
        });
    }

    private static OutboundSender angus(Path folder, Tools tools, List<String> flags) throws IOException {
        return CommandedSender.start(
                Way.ANGUS,
                // It resumed seven of ten where this was seen; likely its connections at once compete for a ticket.
                0.5,
                control -> process(
                        folder,
                        Tools.java(
                                flags,
                                AngusSender.class,
                                Integer.toString(control),
                                tools.root().toString())));
    }

    private static OutboundSender nodemailer(Path folder, Tools tools, Path nodemailer) throws IOException {
        return CommandedSender.start(
                Way.NODEMAILER,
                0,
                control -> process(
                        folder,
                        List.of(
                                "node",
                                Tools.NODE_SCRIPTS.resolve("nodemailer.js").toString(),
                                nodemailer.toString(),
                                Integer.toString(control),
                                tools.root().toString(),
                                Integer.toString(Way.KEPT))));
    }

    private static ChildProcess process(Path folder, List<String> command) throws IOException {
        return ChildProcess.start(folder, Map.of(), "", command);
    }

    @Override
    public void close() throws IOException {
        for (OutboundSender sender : all) {
            sender.close();
        }
    }
}
