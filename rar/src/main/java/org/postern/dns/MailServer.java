package org.postern.dns;

/**
 * A server that a domain names for its mail.
 *
 * @param preference the lower, the more preferred
 * @param host its name, in lower case without a dot at the end
 */
public record MailServer(int preference, String host) {}
