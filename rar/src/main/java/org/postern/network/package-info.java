/**
 * Event loops: Netty on threads of the container, shared by the listener and the client. Between two rounds the thread of one may do
 * something short for others, while a second thread stands in.
 *
 * <p>Uses no other package of Postern.
 */
package org.postern.network;
