/**
 * The gateway: an application on top of the adapter that takes all mail, keeps what is for local mailboxes and hands all else
 * to the next hop. {@link org.postern.gateway.Gateway} is the bean that receives; routing (where does a recipient's mail go)
 * and delivery (take it there) know nothing of each other.
 *
 * <p>Uses {@code org.postern}, {@code org.postern.administration} and Jakarta EE, as any other application could; nothing else
 * of the adapter.
 */
package org.postern.gateway;
