package dev.steadymail.testkit.gmail;

/** What is wrong with the token of a push, for trying receivers: all but {@link #NONE} must be refused. */
public enum PushTokenFlaw {
    /** Nothing: signed by the served key, for one hour from now. */
    NONE,
    /** There is no Authorization header at all. */
    ABSENT,
    /** Signed by another key than its {@code kid} names. */
    SIGNATURE,
    /** Signed by a key that is not served, named as such. */
    UNKNOWN_KEY,
    /** Issued by somebody else. */
    ISSUER,
    /** Meant for somebody else. */
    AUDIENCE,
    /** Of another service account. */
    ACCOUNT,
    /** {@code email_verified} is false. */
    UNVERIFIED_EMAIL,
    /** Ran out an hour ago. */
    EXPIRED,
    /** Issued an hour in the future. */
    NOT_YET_VALID,
    /** Algorithm {@code none}, without a signature. */
    ALGORITHM_NONE
}
