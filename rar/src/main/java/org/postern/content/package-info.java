/**
 * Message content on its way through: in memory up to a bound, beyond it in a file.
 *
 * <p>May use {@code org.postern}.
 */
package org.postern.content;
