package dev.steadymail.testkit.gmail;

/** How an error body says what went wrong. {@code error.code}, {@code message} and {@code status} are always there. */
public enum GmailErrorShape {
    /** {@code errors[{domain, reason, message}]}, as the API has answered since its beginning. */
    ERRORS,
    /** {@code details[]} with a {@code google.rpc.ErrorInfo} where Google knows one for the reason; no {@code errors}. */
    DETAILS,
    /** Both. */
    BOTH
}
