/**
 * Mail out: connections to next hops. The client's side of {@code smtp} on Netty channels, the client's TLS level applied to a
 * connection, and messages of Jakarta Mail made ready to be sent.
 *
 * <p>The unit of a dialogue is a {@code Flight}: some command lines, possibly content, written together, and the replies awaited
 * for them. All of a dialogue runs on an event loop; the thread that sends waits for its end, and meanwhile does for it what
 * could block (looking up names, reading content).
 *
 * <p>{@code Directions} say where mail goes and what is demanded there; {@code Servers} find the servers of a next hop, {@code Search}
 * tries them one after another, and {@code Opening} makes a connection to one ready for mail.
 *
 * <p>May use {@code org.postern}, {@code smtp}, {@code tls}, {@code content}, {@code dns}, {@code network}, {@code settings} and
 * {@code administration}.
 */
package org.postern.outbound;
