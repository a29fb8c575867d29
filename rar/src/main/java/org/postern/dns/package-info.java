/**
 * Looks up names: which servers take the mail of a domain, and at which addresses they are. The only user of dnsjava, whose
 * messages travel on the event loops, so that it starts no thread of its own. Answers are kept as long as they say, in a bounded
 * table.
 *
 * <p>May use {@code network} and {@code administration}.
 */
package org.postern.dns;
