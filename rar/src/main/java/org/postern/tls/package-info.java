/**
 * What TLS is demanded of peers, and the contexts that carry it out: levels, verification of peers, reasons of failures. What is
 * in force for a role is one immutable object ({@link org.postern.tls.ServerTls}, {@link org.postern.tls.ClientTls}) that a
 * session takes when it begins and keeps; {@link org.postern.tls.Roles} holds both and exchanges them. {@link org.postern.tls.Policies} say
 * what is demanded towards single domains instead.
 *
 * <p>May use {@code org.postern}, {@code org.postern.administration}, {@code org.postern.settings} and
 * {@code org.postern.certificate}.
 */
package org.postern.tls;
