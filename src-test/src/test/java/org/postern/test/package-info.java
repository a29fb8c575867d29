/**
 * What the tests of this module share: a client that speaks SMTP line by line, a foreign server to send to, certificates made at
 * run time, management over JMX, and processes that end with the test. The tests themselves are in the packages below, one for
 * each way to run Postern.
 */
package org.postern.test;
