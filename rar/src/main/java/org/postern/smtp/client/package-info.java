/**
 * The client's side of SMTP (RFC 5321): reads replies and announced extensions, makes command lines, prepares content, and tells
 * from the replies what became of a message. Pure: no sockets, no Netty, no connector interface; it is told facts and decides.
 *
 * <p>May use {@code org.postern} and {@code org.postern.smtp}.
 */
package org.postern.smtp.client;
