package org.postern.outbound;

import org.postern.Envelope;
import org.postern.smtp.client.Content;

/**
 * What is sent.
 *
 * @param envelope sender and recipients
 * @param content header and body, checked
 */
record Message(Envelope envelope, Content content) {}
