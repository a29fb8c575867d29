/**
 * Mail out: connections to next hops. The client's side of {@code smtp} on Netty channels, the client's TLS level applied to a
 * connection, and messages of Jakarta Mail made ready to be sent.
 *
 * <p>The unit of a dialogue is a {@code Flight}: some command lines, possibly content, written together, and the replies awaited
 * for them. All of a dialogue runs on an event loop; the thread that sends waits for its end, and meanwhile does for it what
 * could block (looking up names, reading content).
 *
 * <p>May use {@code org.postern}, {@code smtp}, {@code tls}, {@code content}, {@code network}, {@code settings} and
 * {@code administration}.
 */
package org.postern.outbound;
