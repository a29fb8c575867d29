/** An application that writes what it gets to a database: a row is there if, and only if, its transaction has committed. */
package org.postern.test.ledger;
