/** The EAR on a full server. */
package org.postern.test.server;
