/**
 * The main class of {@code postern-micro.jar}: starts Payara Micro with the adapter and the gateway inside, in this JVM, keeps
 * its console readable, and ends with 1 where the gateway did not come up. Depends on the JDK and on Payara Micro's entry
 * point, on nothing of Postern: the adapter is loaded by the server, and seen from here through its management bean alone.
 */
package org.postern.launcher;
