package dev.steadymail.mail;

/** How much of a provider one fact is about. */
public enum Reach {
    /** One account. */
    ACCOUNT,
    /** All accounts that share one client registration at a provider, for example a Google Cloud project. */
    PROJECT,
    /** All accounts on one server. */
    HOST
}
