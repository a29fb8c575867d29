/**
 * An application as others would write it, which the tests deploy beside the adapter: beans that take mail and answer in every
 * way there is, one that sends, and a management bean through which a test looks at what they saw. Uses {@code org.postern},
 * {@code org.postern.administration} and Jakarta EE only.
 */
package org.postern.test.application;
