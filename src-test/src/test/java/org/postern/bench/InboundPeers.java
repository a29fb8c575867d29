package org.postern.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postern.test.PostfixInstance;

/**
 * The servers of a run, the sink first.
 *
 * @param all those that could be started
 * @param missing why others were not, in full sentences
 */
record InboundPeers(List<Peer> all, List<String> missing) implements AutoCloseable {

    /** Starts all that this machine has. Flags are those of their JVMs. */
    static InboundPeers start(Path folder, Tools tools, List<String> flags) throws IOException {
        var peers = new InboundPeers(new ArrayList<>(), new ArrayList<>());
        boolean started = false;
        try {
            peers.all.add(Peer.sink(folder, tools));
            peers.all.add(Peer.postern(folder, flags));
            peers.all.add(Peer.subEtha(folder, tools, flags));
            Optional<Path> smtpServer = NodePackages.find("smtp-server");
            if (smtpServer.isPresent()) {
                peers.all.add(Peer.smtpServer(folder, tools, smtpServer.get()));
            } else {
                peers.missing.add("smtp-server: npm did not give it.");
            }
            if (PostfixInstance.isHere()) {
                peers.all.add(Peer.postfix(folder, tools));
            } else {
                peers.missing.add(PostfixServer.MISSING);
            }
            started = true;
            return peers;
        } finally {
            if (!started) {
                peers.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Peer peer : all) {
            peer.close();
        }
    }
}
