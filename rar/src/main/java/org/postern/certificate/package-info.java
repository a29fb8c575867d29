/**
 * Certificates and their private keys: the store that keeps them, making them, reading and writing them. The only package that
 * uses BouncyCastle, and by instance: nothing is registered with the JVM.
 *
 * <p>May use {@code org.postern.settings} and {@code org.postern.administration}.
 */
package org.postern.certificate;
