/** The adapter and an application beside it on Payara Micro, deployed by Arquillian. The tests look on from outside. */
package org.postern.test.micro;
