package org.postern.outbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.tls.ClientLevel;
import org.postern.tls.Decision;
import org.postern.tls.Policies;
import org.postern.tls.Policy;

/** Tells in words what would be done about mail to a domain. */
final class Explanation {

    private final List<String> lines = new ArrayList<>();

    /** {@return lines, without having connected to anybody} */
    static String of(String domain, Terms terms, Servers servers, boolean isOwnNextHop) {
        var explanation = new Explanation();
        explanation.decider(domain, terms.decision());
        explanation.way(terms, servers, isOwnNextHop);
        explanation.demands(terms);
        return String.join("\n", explanation.lines);
    }

    private void decider(String domain, Decision decision) {
        lines.add(domain + ": " + decision.tls().level() + ", as " + decision.decider() + " says.");
        decision.policy()
                .filter(Policy::isForMany)
                .ifPresent(policy -> lines.add("There is no policy for just this domain, and none more specific."));
        decision.monitored()
                .ifPresent(policy -> lines.add("The policy of " + policy.domain() + " only watches (Monitor): "
                        + policy.level() + " would be demanded."));
    }

    private void way(Terms terms, Servers servers, boolean isOwnNextHop) {
        NextHop hop = terms.nextHop();
        String from = hop.way() == NextHop.Way.MX
                ? "by its MX records"
                : "to " + hop + (isOwnNextHop ? " (NextHop of its policy)" : " (setting nextHop)");
        lines.add("Mail goes " + from + ".");
        try {
            Caller caller = new Caller();
            for (Server server : caller.await(servers.find(hop, caller))) {
                lines.add("Host " + server.host()
                        + (hop.way() == NextHop.Way.MX ? ", preference " + server.preference() : "") + ": "
                        + addresses(server));
            }
        } catch (MailDeliveryException e) {
            lines.add("Mail would not be delivered now: " + e.getMessage() + " ("
                    + e.reply().code() + " " + e.reply().enhancedStatus() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lines.add("The hosts were not looked up, as this was interrupted.");
        }
    }

    private static String addresses(Server server) {
        return server.failure()
                .map(MailDeliveryException::getMessage)
                .orElseGet(() -> String.join(
                        ", ",
                        server.addresses().stream()
                                .map(address -> address.getAddress().getHostAddress() + " port " + address.getPort())
                                .toList()));
    }

    private void demands(Terms terms) {
        Optional<Policy> policy = terms.decision().policy();
        ClientLevel level = terms.decision().tls().level();
        lines.add("Demanded: " + demand(level)
                + (level == ClientLevel.NONE
                        ? ""
                        : ", " + String.join(" or ", terms.decision().tls().protocols())) + ".");
        if (level == ClientLevel.REQUIRE_AND_VERIFY) {
            boolean listed =
                    policy.filter(found -> !found.verifyNames().isEmpty()).isPresent();
            String why = listed
                    ? "VerifyNames of the policy"
                    : terms.nextHop().way() == NextHop.Way.MX
                            ? "the recipients' domain and all below it, as the MX host's name comes from unsigned DNS"
                            : "the configured host";
            lines.add("The certificate must be for "
                    + String.join(
                            " or ",
                            Policies.names(
                                    terms.nextHop(),
                                    policy,
                                    terms.nextHop().way() == NextHop.Way.MX
                                            ? "the MX host"
                                            : terms.nextHop().host()))
                    + " (" + why + ").");
        }
        policy.filter(found -> !found.pins().isEmpty())
                .ifPresent(found ->
                        lines.add("Its key must be one of " + found.pins().size() + " pinned."));
        terms.decision()
                .tls()
                .certificate()
                .ifPresent(alias -> lines.add("To a server that asks, the certificate " + alias + " is shown."));
        terms.decision()
                .obstacle()
                .ifPresent(reason -> lines.add("Mail waits now for the certificate that "
                        + terms.decision().namer() + " names (451 4.3.5): " + reason));
        policy.filter(found -> !found.ignoredExtensions().isEmpty())
                .ifPresent(found ->
                        lines.add("Ignored EHLO extensions: " + String.join(", ", found.ignoredExtensions()) + "."));
    }

    private static String demand(ClientLevel level) {
        return switch (level) {
            case NONE -> "nothing; mail goes in clear";
            case ATTEMPT -> "nothing; TLS where it can be had, else clear text; the certificate is not checked";
            case REQUIRE -> "TLS or no delivery; the certificate is not checked";
            case REQUIRE_AND_VERIFY -> "TLS or no delivery; the certificate must hold";
        };
    }
}
