package org.postern.outbound;

/**
 * Delivery to a domain was stopped by what is demanded of TLS or as a client certificate is lost, or goes on again.
 *
 * @param domain the recipients' domain, or the next hop's host
 * @param healed whether it goes on again
 * @param reason why it was stopped, a constant of {@link org.postern.TlsFailure} or CLIENT_CERTIFICATE_MISSING; empty when it goes on
 *     again
 * @param messages how many messages were kept back since it was told last; when it goes on again, in all
 * @param sentence the fact
 */
public record DeliveryNews(String domain, boolean healed, String reason, long messages, String sentence) {}
