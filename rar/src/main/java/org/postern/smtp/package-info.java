/**
 * What both sides of SMTP share: the grammar of paths and command arguments (RFC 5321 section 4.1), case among it. Pure: no sockets, no Netty,
 * no connector interface. The server's side is in {@code smtp.server}, the client's in {@code smtp.client}.
 *
 * <p>May use {@code org.postern}.
 */
package org.postern.smtp;
