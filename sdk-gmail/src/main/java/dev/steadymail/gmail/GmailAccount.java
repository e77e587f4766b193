package dev.steadymail.gmail;

import dev.steadymail.auth.TokenSource;
import dev.steadymail.gmail.http.HttpProxy;
import dev.steadymail.gmail.http.HttpRoute;
import dev.steadymail.gmail.http.HttpTrust;
import dev.steadymail.gmail.http.Loopback;
import dev.steadymail.gmail.push.GmailPush;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Protocol;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import java.net.URI;
import java.nio.file.Path;
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
    private final Way way;
    private final GmailSettings settings;
    private final GuardProfile profile;
    private final @Nullable GmailPush push;

    private GmailAccount(
            TokenSource tokens,
            String user,
            Way way,
            GmailSettings settings,
            GuardProfile profile,
            @Nullable GmailPush push) {
        this.tokens = tokens;
        this.user = user;
        this.way = way;
        this.settings = settings;
        this.profile = profile;
        this.push = push;
    }

    /** Returns the account that the tokens belong to. They need the scope {@code https://mail.google.com/} to do everything. */
    public static GmailAccount with(TokenSource tokens) {
        return new GmailAccount(
                tokens,
                "me",
                new Way(GOOGLE, null, null),
                GmailSettings.DEFAULT,
                GuardProfile.alone(GuardSettings.GMAIL),
                null);
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
        return new GmailAccount(tokens, user, way, settings, profile, push);
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
        return new GmailAccount(tokens, user, new Way(safe, way.proxy, way.trust), settings, profile, push);
    }

    /**
     * Sends requests through a proxy, whatever the system's settings say, except for those towards this machine by http. Tokens are
     * asked for by their source, which goes its own way.
     */
    public GmailAccount via(HttpProxy proxy) {
        return new GmailAccount(tokens, user, new Way(way.rootUrl, proxy, way.trust), settings, profile, push);
    }

    /** Trusts other authorities than the system's. */
    public GmailAccount trusting(HttpTrust trust) {
        return new GmailAccount(tokens, user, new Way(way.rootUrl, way.proxy, trust), settings, profile, push);
    }

    /**
     * Trusts the certificates in a PEM file, and no others; the file is read at once. Where a proxy of your company decrypts, this is
     * its certificate. Many accounts share connections where they are given one {@link HttpTrust} instead.
     *
     * @throws dev.steadymail.mail.MailException of kind INVALID where the file cannot be read or holds no certificate
     */
    public GmailAccount trusting(Path pem) {
        return trusting(HttpTrust.pem(pem));
    }

    /** Sets limits of single requests. */
    public GmailAccount settings(GmailSettings settings) {
        return new GmailAccount(tokens, user, way, settings, profile, push);
    }

    /**
     * Sets how many requests may be made and what they cost; {@link GuardSettings#GMAIL} by default, which holds the quota of a
     * project that is new in 2026. With an older one use {@code QuotaPlans.GMAIL_LEGACY}.
     */
    public GmailAccount guarded(GuardSettings settings) {
        return new GmailAccount(tokens, user, way, this.settings, profile.withSettings(settings), push);
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
        return new GmailAccount(tokens, user, way, settings, shared, push);
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
        return new GmailAccount(tokens, user, way, settings, profile, push);
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
    public Protocol protocol() {
        return Protocol.GMAIL;
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
        return way.rootUrl;
    }

    HttpRoute route(HostResolver resolver) {
        return new HttpRoute(way.rootUrl, resolver, way.proxy, way.trust);
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

    private record Way(
            URI rootUrl,
            @Nullable HttpProxy proxy,
            @Nullable HttpTrust trust) {}
}
