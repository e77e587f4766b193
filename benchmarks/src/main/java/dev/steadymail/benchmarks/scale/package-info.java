/**
 * Ten thousand idle IMAP connections over TLS: {@code IdleServer} is the server,
 * {@code RawClient} shows what the JDK's TLS alone costs a client. Both use the JDK only and share no
 * protocol code with what is measured. {@code bin/rig imap_scale} runs them.
 */
@NullMarked
package dev.steadymail.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
