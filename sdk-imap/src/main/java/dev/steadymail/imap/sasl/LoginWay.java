package dev.steadymail.imap.sasl;

/** How to log in, as {@link MechanismChoice} found. */
public sealed interface LoginWay {
    /**
     * By AUTHENTICATE.
     *
     * @param mechanism what to name
     * @param initialResponse whether the server takes the first message with the command (RFC 4959)
     */
    record Authenticate(Mechanism mechanism, boolean initialResponse) implements LoginWay {}

    /** By LOGIN (RFC 3501 section 6.2.3). */
    record LoginCommand() implements LoginWay {}

    /**
     * Not at all.
     *
     * @param reason why, and what to do about it; fit for a user's eyes
     */
    record None(String reason) implements LoginWay {}

    /** The mechanisms that are known here. */
    enum Mechanism {
        /** {@link OauthBearer}. */
        OAUTHBEARER("OAUTHBEARER"),
        /** {@link Xoauth2}. */
        XOAUTH2("XOAUTH2"),
        /** {@link ScramSha256}. */
        SCRAM_SHA_256("SCRAM-SHA-256"),
        /** {@link Plain}. */
        PLAIN("PLAIN");

        private final String saslName;

        Mechanism(String saslName) {
            this.saslName = saslName;
        }

        /** Returns the name that AUTHENTICATE takes. */
        public String saslName() {
            return saslName;
        }

        /** Returns the capability by which a server offers it. */
        public String capability() {
            return "AUTH=" + saslName;
        }
    }
}
