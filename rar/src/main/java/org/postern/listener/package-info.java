/**
 * The SMTP listener's transport: ports, framing, STARTTLS, limits and back-pressure, on Netty. What is said on a connection is
 * decided by {@code smtp.server}; what becomes of a message by {@link org.postern.listener.Deliveries}.
 *
 * <p>May use {@code org.postern}, {@code smtp}, {@code tls}, {@code content}, {@code network}, {@code settings} and
 * {@code administration}.
 */
package org.postern.listener;
