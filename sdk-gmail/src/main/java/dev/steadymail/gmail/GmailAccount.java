package dev.steadymail.gmail;

import dev.steadymail.auth.TokenSource;
import dev.steadymail.gmail.http.Loopback;
import dev.steadymail.gmail.push.GmailPush;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.mail.AccountId;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import java.net.URI;
import org.jspecify.annotations.Nullable;

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

    /** Each request of one operation has a thread and may hold a whole message. */
    private static final int WIDEST = 20;

    private final TokenSource tokens;
    private final String user;
    private final URI rootUrl;
    private final GmailSettings settings;
    private final GuardProfile profile;
    private final @Nullable GmailPush push;

    private GmailAccount(
            TokenSource tokens,
            String user,
            URI rootUrl,
            GmailSettings settings,
            GuardProfile profile,
            @Nullable GmailPush push) {
        this.tokens = tokens;
        this.user = user;
        this.rootUrl = rootUrl;
        this.settings = settings;
        this.profile = profile;
        this.push = push;
    }

    /** Returns the account that the tokens belong to. They need the scope {@code https://mail.google.com/} to do everything. */
    public static GmailAccount with(TokenSource tokens) {
        return new GmailAccount(
                tokens, "me", GOOGLE, GmailSettings.DEFAULT, GuardProfile.alone(GuardSettings.GMAIL), null);
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
        return new GmailAccount(tokens, user, rootUrl, settings, profile, push);
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
        return new GmailAccount(tokens, user, safe, settings, profile, push);
    }

    /** Sets limits of single requests. */
    public GmailAccount settings(GmailSettings settings) {
        return new GmailAccount(tokens, user, rootUrl, settings, profile, push);
    }

    /**
     * Sets how many requests may be made and what they cost; {@link GuardSettings#GMAIL} by default, which holds the quota of a
     * project that is new in 2026. With an older one use {@code QuotaPlans.GMAIL_LEGACY}.
     */
    public GmailAccount guarded(GuardSettings settings) {
        return new GmailAccount(tokens, user, rootUrl, this.settings, profile.withSettings(settings), push);
    }

    /**
     * Names the Google Cloud project that the tokens were made for, by its id or its OAuth client's: accounts with the same name
     * share the project's quota, and wait together when it is used up. By default no account shares anything.
     *
     * @param project any name but a blank one
     */
    public GmailAccount project(String project) {
        if (project.isBlank()) {
            throw new IllegalArgumentException("project must name a Google Cloud project or OAuth client, was blank");
        }
        GuardProfile shared = new GuardProfile(profile.settings(), project, profile.host());
        return new GmailAccount(tokens, user, rootUrl, settings, shared, push);
    }

    /**
     * Has Google tell of changes, so that {@code MailClient.watch} hears of them within seconds instead of at its interval. The
     * account must have been given its address by {@link #user}, since notifications name it.
     *
     * @throws IllegalStateException where this account is called {@code me}
     */
    public GmailAccount push(GmailPush push) {
        if (user.equals("me")) {
            throw new IllegalStateException("name the user first; notifications tell an address");
        }
        return new GmailAccount(tokens, user, rootUrl, settings, profile, push);
    }

    @Override
    public AccountId id() {
        return new AccountId("gmail:" + user);
    }

    @Override
    public GuardProfile guard() {
        // Any number of accounts may call themselves "me": such an id names none of them.
        return new GuardProfile(profile.settings(), profile.project(), profile.host(), !user.equals("me"));
    }

    @Override
    public MailProvider open(ProviderContext context) {
        return new GmailProvider(this, context);
    }

    TokenSource tokens() {
        return tokens;
    }

    String user() {
        return user;
    }

    @Nullable
    GmailPush push() {
        return push;
    }

    URI rootUrl() {
        return rootUrl;
    }

    GmailSettings settings() {
        return settings;
    }

    /** Returns how many requests one operation of many makes at once. */
    static int width(GuardSettings guard) {
        return Math.min(WIDEST, Math.max(guard.maxInFlight(), guard.adaptiveMax()));
    }

    @Override
    public String toString() {
        return "GmailAccount[hidden]";
    }
}
