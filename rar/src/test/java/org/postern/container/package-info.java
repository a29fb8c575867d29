/** A small hand-made container with real threads, to show what becomes of mail when something fails. */
package org.postern.container;
