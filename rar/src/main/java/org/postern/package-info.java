/**
 * What applications compile against: mail in ({@link org.postern.MailListener}) and mail out
 * ({@link org.postern.MailConnectionFactory}).
 *
 * <p>Contains no implementation type. May use {@code org.postern.administration} only.
 */
package org.postern;
