package dev.steadymail.imap.sasl;

/**
 * A SASL exchange cannot go on. Checked, since whoever drives it must cancel the command and end the connection. Holds neither secrets
 * nor what the server sent.
 */
public final class SaslRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whose fault it is. */
    public enum Fault {
        /** The user name or secret is wrong, or the mechanism cannot carry it; another try with the same ones fails, too. */
        CREDENTIALS,
        /** The server broke the rules or did not prove who it is; it may be broken or somebody else. */
        SERVER
    }

    private final Fault fault;

    private SaslRefusedException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    static SaslRefusedException credentials(String message) {
        return new SaslRefusedException(Fault.CREDENTIALS, message);
    }

    static SaslRefusedException server(String message) {
        return new SaslRefusedException(Fault.SERVER, message);
    }

    /** Returns whose fault it is. */
    public Fault fault() {
        return fault;
    }
}
