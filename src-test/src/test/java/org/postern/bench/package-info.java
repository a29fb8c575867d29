/** What mail costs, beside others: run by hand, never with the tests. */
package org.postern.bench;
