package dev.steadymail.testkit.proxy;

import org.jspecify.annotations.Nullable;

/**
 * An end that waits for its turn behind octets.
 *
 * @param kind what ends
 * @param cause fault that asked for it; null if a peer did
 */
record Ending(Kind kind, ProxyFault.@Nullable OnStream cause) {

    enum Kind {
        /** No more octets in this direction (FIN to the receiver). */
        FINISH,
        /** FIN to both peers. */
        CUT,
        /** RST to both peers. */
        RESET
    }
}
