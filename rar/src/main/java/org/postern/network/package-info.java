/**
 * Event loops: Netty on threads of the container, shared by the listener and the client.
 *
 * <p>Uses no other package of Postern.
 */
package org.postern.network;
