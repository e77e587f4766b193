package dev.steadymail.server.accounts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How an account is doing, judged by its last sync. */
public enum AccountState {
    /** Connected; nothing was tried yet. */
    NEW,
    /** The first sync is under way. */
    SYNCING,
    /** The last sync reached its end. */
    OK,
    /** The last sync failed and will be tried again by itself. */
    FAILING,
    /** The provider refuses the credentials; connect the account again with good ones. */
    REAUTH_REQUIRED;

    /** Returns the name in the API and in the database. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AccountState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
