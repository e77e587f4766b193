package dev.steadymail.imap.wire;

import dev.steadymail.imap.proxy.ProxyRefusedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** No connection came about by the proxy: it could not be reached, it refused, or it went away; the cause tells which. */
public final class ProxyException extends IOException {
    private static final long serialVersionUID = 1;

    ProxyException(Exception cause) {
        super("the proxy did not connect", cause);
    }

    /** Returns what the proxy answered, or null where it gave no answer. */
    public @Nullable ProxyRefusedException refusal() {
        return getCause() instanceof ProxyRefusedException refused ? refused : null;
    }
}
