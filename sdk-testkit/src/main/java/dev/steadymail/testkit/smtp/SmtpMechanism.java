package dev.steadymail.testkit.smtp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A SASL mechanism of AUTH (RFC 4954). */
public enum SmtpMechanism {
    /** RFC 4616. */
    PLAIN("PLAIN"),
    /** User and password in two answers; never standardised, offered nearly everywhere. */
    LOGIN("LOGIN"),
    /** Google's way to hand in an access token. */
    XOAUTH2("XOAUTH2"),
    /** The standard way to hand in an access token (RFC 7628). */
    OAUTHBEARER("OAUTHBEARER"),
    /** RFC 7677, without channel binding. */
    SCRAM_SHA_256("SCRAM-SHA-256");

    private final String keyword;

    SmtpMechanism(String keyword) {
        this.keyword = keyword;
    }

    /** Returns the mechanism's registered name. */
    public String keyword() {
        return keyword;
    }

    static @Nullable SmtpMechanism named(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        for (SmtpMechanism mechanism : values()) {
            if (mechanism.keyword.equals(wanted)) {
                return mechanism;
            }
        }
        return null;
    }

    /** Begins a login in this way. */
    SaslExchange begin(SmtpUsers users) {
        return switch (this) {
            case PLAIN -> new PlainExchange(users);
            case LOGIN -> new LoginExchange(users);
            case XOAUTH2 -> new BearerExchange(users, false);
            case OAUTHBEARER -> new BearerExchange(users, true);
            case SCRAM_SHA_256 -> new ScramExchange(users);
        };
    }
}
