/**
 * The server's side of SMTP (RFC 5321): a {@link org.postern.smtp.server.Session} is given command lines and returns replies.
 * Pure: no sockets, no Netty, no connector interface. It is told facts ({@link org.postern.smtp.server.SessionFacts}), never a
 * TLS level.
 *
 * <p>One class per command, one table of verbs ({@link org.postern.smtp.server.Verbs}). May use {@code org.postern} and
 * {@code org.postern.smtp}.
 */
package org.postern.smtp.server;
