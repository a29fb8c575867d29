/**
 * What an administrator sees and does: the adapter's management beans, the problems it knows of, and the record of changes.
 *
 * <p>May use every package but {@code org.postern.connector}. Only exceptions of {@code java.*} and {@code javax.*} leave a
 * bean, as a management client has no classes of ours.
 */
package org.postern.management;
