package dev.steadymail.mail;

/**
 * Names one account at one provider, for keeping state and shared limits apart. It may hold an address, so {@link #toString}
 * does not show it.
 *
 * @param value the account's identity, for example {@code imap:ada@example.com@imap.example.com:993}
 */
public record AccountId(String value) {
    public AccountId {
        Ids.check("AccountId", value);
    }

    @Override
    public String toString() {
        return "AccountId[hidden]";
    }
}
