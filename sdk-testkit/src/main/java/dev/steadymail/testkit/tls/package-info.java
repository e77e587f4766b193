/** TLS for test servers: {@link dev.steadymail.testkit.tls.TestCertificate}. */
@NullMarked
package dev.steadymail.testkit.tls;

import org.jspecify.annotations.NullMarked;
