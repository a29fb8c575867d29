package org.postern.outbound;

import java.util.Optional;
import org.postern.Credentials;
import org.postern.NextHop;
import org.postern.TlsFailure;
import org.postern.TlsSession;
import org.postern.administration.SettingValues;
import org.postern.tls.Decision;
import org.postern.tls.Peer;
import org.postern.tls.Policies;
import org.postern.tls.Policy;

/**
 * Directions by policies and settings. Mail for a domain goes to its policy's next hop, else to the one that is set for all mail,
 * else to the servers that the domain names.
 *
 * @param policies the policies
 * @param settings the settings
 */
public record PolicyDirections(Policies policies, SettingValues settings) implements Directions {

    @Override
    public NextHop effective(NextHop asked) {
        if (asked.way() != NextHop.Way.MX) {
            return asked;
        }
        Optional<NextHop> own = policies.deciding(asked.host()).flatMap(Policy::nextHop);
        return own.or(() -> settings.get(OutboundSettings.NEXT_HOP))
                .map(hop -> hop.forMailTo(asked.host()))
                .orElse(asked);
    }

    @Override
    public Decision decide(NextHop effective) {
        return policies.decide(effective);
    }

    @Override
    public Optional<TlsFailure> wouldFail(Policy monitored, Optional<TlsSession> session, Peer peer) {
        return policies.demandsOf(monitored).judge(session, peer);
    }

    @Override
    public Login login(NextHop effective, Optional<Credentials> given) {
        Optional<Credentials> credentials = given.or(() -> settings.get(OutboundSettings.NEXT_HOP)
                .filter(hop -> hop.way() == effective.way()
                        && hop.host().equals(effective.host())
                        && hop.port() == effective.port())
                .flatMap(hop -> AuthSettings.credentials(settings)));
        return new Login(credentials, settings.get(AuthSettings.UNVERIFIED), settings.get(AuthSettings.IN_CLEAR));
    }

    /**
     * Gives the next hop of mail for a domain. Domains that get equal ones can be served by one message.
     *
     * @param domain a recipients' domain
     * @return the next hop that is set for all mail, where the domain has no policy; else the domain's
     */
    public NextHop nextHopFor(String domain) {
        NextHop byDomain = NextHop.forDomain(domain);
        boolean isAddress = byDomain.way() != NextHop.Way.MX;
        boolean hasPolicy = !isAddress && policies.decide(byDomain).policy().isPresent();
        return hasPolicy ? byDomain : settings.get(OutboundSettings.NEXT_HOP).orElse(byDomain);
    }
}
