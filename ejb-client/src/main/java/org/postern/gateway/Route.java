package org.postern.gateway;

import org.postern.Recipient;

/**
 * A recipient and where its mail goes.
 *
 * @param recipient as it is handed on, which differs from what the sender named where an address stands in for another
 * @param destination where the mail goes
 */
record Route(Recipient recipient, Destination destination) {}
