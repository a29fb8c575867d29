/**
 * What an application needs that has settings and management beans of its own beside the adapter's: typed settings, described
 * beans, health, audit and the data directory. The gateway uses it as any other application could; it is had from
 * {@link org.postern.MailConnectionFactory#administration()}.
 *
 * <p>Uses no other package of Postern.
 */
package org.postern.administration;
