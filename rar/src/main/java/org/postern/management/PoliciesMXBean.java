package org.postern.management;

import org.postern.administration.Description;
import org.postern.administration.Name;

/** What holds for single domains. */
@Description("TLS towards single domains, and from single domains. Each policy has a bean of its own, type=Policy.")
public interface PoliciesMXBean {

    @Description("A line for each policy: the domain, its level, and what else it says.")
    String[] getOverview();

    @Description("How many policies there are.")
    int getCount();

    @Description("Sender domains whose mail is taken over TLS only.")
    String[] getInboundRules();

    @Description("The values that the level of a policy can have.")
    String[] getLegalLevels();

    @Description(
            "Where each value comes from: changed at run time, deployment, system property, environment, or default.")
    String[] getSource();

    @Description("Makes a policy for a domain, or changes the level of the one it has.")
    String setPolicy(
            @Name("domain")
                    @Description(
                            "A recipients' domain or the host of a next hop; .example.org for all below example.org.")
                    String domain,
            @Name("level") @Description("NONE, ATTEMPT, REQUIRE or REQUIRE_AND_VERIFY.") String level);

    @Description("Takes the policy of a domain away; what holds for all others holds for it then.")
    String removePolicy(@Name("domain") @Description("The domain, as the overview shows it.") String domain);

    @Description("Demands TLS of those who send mail of a sender domain: MAIL in clear is answered 530 5.7.0.")
    String requireFrom(
            @Name("domain") @Description("A sender domain; .example.org for all below example.org.") String domain);

    @Description("Takes mail of a sender domain in clear again, as far as the level of ServerTls does.")
    String allowFrom(@Name("domain") @Description("The domain, as InboundRules shows it.") String domain);

    @Description("Takes back what was changed at run time, so that the configured values are in force again.")
    String resetToConfigured();
}
