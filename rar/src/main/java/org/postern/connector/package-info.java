/**
 * The contracts of Jakarta Connectors 2.1, and the wiring of the adapter. Outbound, a managed connection is a connection to one
 * next hop that opens when it is first used; the container pools them by next hop. There is no transaction: SMTP cannot roll back.
 *
 * <p>May use every other package of the adapter.
 */
package org.postern.connector;
