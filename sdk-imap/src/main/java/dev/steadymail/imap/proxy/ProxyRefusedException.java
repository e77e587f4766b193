package dev.steadymail.imap.proxy;

/** A proxy did not open a connection. Checked, since whoever drives it must close the connection. Holds nothing of what it sent. */
public final class ProxyRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Reason {
        /** It wants a login, another one than was given, or a kind that is not known here. Another try fails, too. */
        LOGIN,
        /** Its rules forbid the server. Another try fails, too. */
        FORBIDDEN,
        /** It could not reach the server, or not now. Another address or a later try may do. */
        UNREACHABLE,
        /** It does not speak the protocol, so it may be no proxy, or another kind. */
        PROTOCOL
    }

    private final Reason reason;

    ProxyRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Returns why it did not. */
    public Reason reason() {
        return reason;
    }
}
