package org.postern.outbound;

import org.postern.Envelope;
import org.postern.NextHop;
import org.postern.smtp.client.Content;

/**
 * What is sent.
 *
 * @param nextHop the server
 * @param envelope sender and recipients
 * @param content header and body, checked
 */
record Message(NextHop nextHop, Envelope envelope, Content content) {}
