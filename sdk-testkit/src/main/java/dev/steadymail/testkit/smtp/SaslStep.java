package dev.steadymail.testkit.smtp;

/** How a login goes on. */
sealed interface SaslStep {

    /** Asks for a further response; the text is still without base64. */
    record Challenge(String text) implements SaslStep {}

    /** Lets the user in. */
    record Accepted(String user) implements SaslStep {}

    /** Credentials that are wrong. */
    record Refused() implements SaslStep {}

    /** A response that is not what the mechanism says. */
    record Malformed() implements SaslStep {}
}
