/** The runnable jar, as a process of its own: what an operator sees who has nothing but {@code java}. */
package org.postern.test.jar;
