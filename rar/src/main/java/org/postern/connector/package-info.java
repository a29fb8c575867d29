/**
 * The Jakarta Connectors 2.1 contracts, and the wiring of everything else: life cycle, work, message endpoints and managed
 * connections.
 *
 * <p>May use all other packages; none uses it.
 */
package org.postern.connector;
