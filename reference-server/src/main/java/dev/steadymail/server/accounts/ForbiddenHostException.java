package dev.steadymail.server.accounts;

/** An account leads to a host that this server may not connect to, or to none. The message does not tell which of the two. */
public final class ForbiddenHostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ForbiddenHostException() {
        super(
                "a host of this account does not exist or is not in a network that this server may connect to; the operator"
                        + " can allow it with " + NetworkPolicy.SETTING);
    }
}
