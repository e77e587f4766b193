package dev.steadymail.gmail;

import dev.steadymail.auth.TokenSource;
import dev.steadymail.gmail.http.Loopback;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.mail.AccountId;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import java.net.URI;

/**
 * A Gmail mailbox reached through Google's API. Immutable and thread-safe; each method returns a changed copy.
 *
 * <pre>{@code
 * MailClient mail = runtime.open(GmailAccount.with(tokens));
 * }</pre>
 */
public final class GmailAccount implements MailAccount {
    /** Where requests go unless an account says otherwise. */
    public static final URI GOOGLE = URI.create("https://gmail.googleapis.com/");

    private final TokenSource tokens;
    private final String user;
    private final URI rootUrl;
    private final GmailSettings settings;

    private GmailAccount(TokenSource tokens, String user, URI rootUrl, GmailSettings settings) {
        this.tokens = tokens;
        this.user = user;
        this.rootUrl = rootUrl;
        this.settings = settings;
    }

    /** Returns the account that the tokens belong to. They need the scope {@code https://mail.google.com/} to do everything. */
    public static GmailAccount with(TokenSource tokens) {
        return new GmailAccount(tokens, "me", GOOGLE, GmailSettings.DEFAULT);
    }

    /**
     * Names the user, so that state of several accounts is kept apart and tokens of another user are refused by Google. By
     * default {@code me}, whoever the tokens belong to.
     *
     * @param user the address, or {@code me}
     */
    public GmailAccount user(String user) {
        if (user.isBlank()) {
            throw new IllegalArgumentException("user must be an address or \"me\", was blank");
        }
        return new GmailAccount(tokens, user, rootUrl, settings);
    }

    /**
     * Leads requests elsewhere than to Google.
     *
     * @throws IllegalArgumentException for an URL that is neither https nor http towards this machine
     */
    public GmailAccount rootUrl(URI rootUrl) {
        URI safe = Loopback.requireSafe("rootUrl", rootUrl);
        if (safe.getRawQuery() != null) {
            throw new IllegalArgumentException("rootUrl must have no query");
        }
        return new GmailAccount(tokens, user, safe, settings);
    }

    /** Sets limits. */
    public GmailAccount settings(GmailSettings settings) {
        return new GmailAccount(tokens, user, rootUrl, settings);
    }

    @Override
    public AccountId id() {
        return new AccountId("gmail:" + user);
    }

    @Override
    public GuardProfile guard() {
        return GuardProfile.alone(GuardSettings.GMAIL);
    }

    @Override
    public MailProvider open(ProviderContext context) {
        return new GmailProvider(new GmailApi(context, tokens, rootUrl, settings), user);
    }

    @Override
    public String toString() {
        return "GmailAccount[hidden]";
    }
}
