package dev.steadymail.server.accounts;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.accounts.InvalidAccountUrlException;
import dev.steadymail.accounts.Login;
import dev.steadymail.server.accounts.AccountDetails.Wishes;
import org.jspecify.annotations.Nullable;

/**
 * Asks to connect an account: by its URL, or by an email address whose servers are found then.
 *
 * @param url as on the command line: imaps://USER@HOST, imap://USER@HOST, gmail://USER
 * @param secret the password of an IMAP account, the access token of a Gmail account, or what {@code secretType} says
 * @param secretType {@code password}, {@code access-token} or {@code refresh-token}
 * @param clientId with a refresh token, the OAuth client it was given to
 * @param clientSecret with a refresh token, that client's secret where it has one
 * @param email instead of {@code url}
 * @param smtp where mail is sent, see {@link SmtpUrl}
 * @param name what the owner calls it
 * @param priority {@code high}, {@code medium} or {@code low}
 * @param check whether the login is tried before the account is kept; so it is unless this says false
 */
record ConnectRequest(
        @Nullable String url,
        @Nullable String secret,
        @Nullable String secretType,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable String email,
        @Nullable String smtp,
        @Nullable String name,
        @Nullable String priority,
        @Nullable Boolean check) {
    private static final int LONGEST_SECRET = 16 << 10;

    /** How to get in, and nothing else. */
    static ConnectRequest login(
            @Nullable String secret,
            @Nullable String secretType,
            @Nullable String clientId,
            @Nullable String clientSecret) {
        return new ConnectRequest(null, secret, secretType, clientId, clientSecret, null, null, null, null, null);
    }

    boolean isChecked() {
        return check == null || check;
    }

    /**
     * Returns what the owner chose.
     *
     * @throws UnusableAccountException where a rule is broken
     */
    Wishes wishes() {
        return new Wishes(name, smtp, priority == null ? null : Priority.of(priority));
    }

    /**
     * Returns where the account is.
     *
     * @throws InvalidAccountUrlException where a rule is broken
     * @throws UnusableAccountException where it names a file of the server
     */
    AccountUrl account() {
        if (email != null) {
            throw new UnusableAccountException(
                    "give url or email, not both: the one is where the account is, the other finds it");
        }
        AccountUrl account = AccountUrl.parse(url == null ? "" : url);
        if (account instanceof ImapUrl imap && imap.ca() != null) {
            throw new UnusableAccountException(
                    "ca names a file of the server and is not taken here; the operator can add the authority to the server's"
                            + " trust store");
        }
        return account;
    }

    /**
     * Returns how to get in.
     *
     * @throws UnusableAccountException where a rule is broken
     */
    Login login(AccountUrl account) {
        requireShort("secret", secret);
        requireShort("clientId", clientId);
        requireShort("clientSecret", clientSecret);
        String given = secret == null ? "" : secret;
        try {
            return switch (secretType == null ? usual(account) : secretType) {
                case "password" -> Login.password(given);
                case "access-token" -> Login.accessToken(given);
                case "refresh-token" -> Login.refreshToken(requireClient(), clientSecret, given);
                default ->
                    throw new UnusableAccountException("secretType must be password, access-token or refresh-token");
            };
        } catch (IllegalArgumentException unusable) {
            throw new UnusableAccountException(String.valueOf(unusable.getMessage()));
        }
    }

    private static void requireShort(String field, @Nullable String value) {
        if (value != null && value.length() > LONGEST_SECRET) {
            throw new UnusableAccountException(field + " must have at most " + LONGEST_SECRET + " characters, had "
                    + value.length() + "; check that it is the password or token itself");
        }
    }

    private String requireClient() {
        if (clientId == null || clientId.isBlank() || clientId.chars().anyMatch(Character::isISOControl)) {
            throw new UnusableAccountException(
                    "a refresh token needs the clientId it was given to, without line ends or other control characters");
        }
        return clientId;
    }

    private static String usual(AccountUrl account) {
        return account instanceof ImapUrl ? "password" : "access-token";
    }

    @Override
    public String toString() {
        return "ConnectRequest[hidden]";
    }
}
