package dev.steadymail.server.accounts;

import dev.steadymail.mail.MailException.Kind;

/** What helps against each kind of trouble with an account, in a sentence for its owner. */
final class Remedy {
    private Remedy() {}

    static String of(Kind kind) {
        return switch (kind) {
            case AUTH, REAUTH_REQUIRED ->
                "check user and secret and give the right ones; many providers want a password made for mail programs alone, or a"
                        + " login by OAuth";
            case FORBIDDEN -> "the login lacks a right; allow access by mail programs in the provider's settings";
            case THROTTLED, CONCURRENCY, QUEUE_FULL -> "the provider asks to wait; try again later";
            case UNAVAILABLE, CIRCUIT_OPEN -> "the provider has trouble of its own; try again later";
            case NETWORK, TIMEOUT, DEADLINE ->
                "the server does not answer as it should; it is tried again by itself, check host and port if it stays so";
            case STORAGE -> "this server has trouble with its database; it is tried again by itself";
            case INVALID, UNSUPPORTED, PROTOCOL, TOO_LARGE, NOT_FOUND, CONFLICT, CURSOR_EXPIRED, CANCELLED ->
                "the server did not do what its protocol promises; check host, port and protection, and tell the operator if it"
                        + " stays so";
        };
    }

    /** As {@link #of(Kind)}, for a kind that was stored, perhaps by another version of this server. */
    static String of(String kind) {
        for (Kind known : Kind.values()) {
            if (known.name().equals(kind)) {
                return of(known);
            }
        }
        return "this is a fault of the server; it is tried again by itself, and its log says more";
    }
}
