package dev.steadymail.server.tenants;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a token is good for. People who logged in have all but {@link #OPERATE}; tokens for programs have what they were made with. */
public enum Scope {
    ACCOUNTS_READ("accounts:read"),
    ACCOUNTS_WRITE("accounts:write"),
    MAIL_READ("mail:read"),
    MAIL_WRITE("mail:write"),
    MAIL_SEND("mail:send"),
    ORGANISATION_READ("organisation:read"),
    ORGANISATION_WRITE("organisation:write"),
    /** The person's own sessions, tokens and settings: never by a token for programs. */
    SELF("self"),
    /** The whole server, over all organisations: the operator alone. */
    OPERATE("operate");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /** Returns what somebody who logged in may do. */
    public static Set<Scope> ofPeople() {
        return EnumSet.complementOf(EnumSet.of(OPERATE));
    }

    /** Returns what tokens for programs may be made with. */
    public static Set<Scope> ofTokens() {
        return EnumSet.complementOf(EnumSet.of(OPERATE, SELF));
    }

    public static Optional<Scope> of(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
    }

    public String text() {
        return text;
    }
}
