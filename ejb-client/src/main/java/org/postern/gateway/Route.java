package org.postern.gateway;

import org.postern.Recipient;

/**
 * A recipient and where its mail goes.
 *
 * @param named as the sender named it
 * @param recipient as it is handed on, which differs from that where an address stands in for another
 * @param destination where the mail goes
 */
record Route(Recipient named, Recipient recipient, Destination destination) {}
