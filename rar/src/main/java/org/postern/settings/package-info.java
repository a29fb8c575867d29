/**
 * The adapter's settings: where their values come from, the file that keeps those changed at run time, and the data directory
 * that this file lies in.
 *
 * <p>Uses {@code org.postern.administration} only.
 */
package org.postern.settings;
