package org.postern.management;

import org.postern.administration.DescribedBean;
import org.postern.tls.PeerTable;

/** The bean {@code type=TlsPeers}. */
public final class TlsPeersBean extends DescribedBean implements TlsPeersMXBean {

    private final PeerTable peers;

    /**
     * Makes it.
     *
     * @param peers what was counted
     */
    public TlsPeersBean(PeerTable peers) {
        super(TlsPeersMXBean.class);
        this.peers = peers;
    }

    @Override
    public String[] getOverview() {
        return peers.lines().toArray(String[]::new);
    }

    @Override
    public int getCount() {
        return peers.size();
    }
}
