package dev.steadymail.gmail;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.RefreshingTokens;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.auth.TokenStore;
import dev.steadymail.auth.Tokens;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Lane;
import dev.steadymail.oauth.OAuthClient;
import dev.steadymail.oauth.OAuthServer;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.gmail.FakeGmailBuilder;
import dev.steadymail.testkit.gmail.GmailFault;
import dev.steadymail.testkit.gmail.GmailMailbox;
import dev.steadymail.testkit.proxy.FaultProxy;
import dev.steadymail.testkit.proxy.Place;
import dev.steadymail.testkit.proxy.ProxyFault;
import dev.steadymail.testkit.time.ManualTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A Gmail account with everything as users have it: the preset's limits and retries, access tokens by OAuth, real connections.
 * Only time is virtual, the server is in this process, and a proxy stands before it.
 */
final class FaultedAccount implements AutoCloseable {
    static final String USER = "ada@example.com";
    static final String OTHER = "bob@example.com";
    static final String REFRESH_TOKEN = "refresh-ada";

    final ManualTime time = new ManualTime();
    final VirtualTime clock = new VirtualTime(time);
    final FakeGmail server;
    final FaultProxy proxy;
    final MailRuntime runtime;
    final MailClient mail;
    /** Five emails that were there before. */
    final List<EmailId> ids = new ArrayList<>();

    private final Store store = new Store();
    private final TokenSource tokens;
    private final GuardSettings guard;
    private final OpenedAccount account;
    private boolean stalls;

    FaultedAccount() {
        this(GuardSettings.GMAIL);
    }

    FaultedAccount(GuardSettings guard) {
        this(guard, server -> {}, tokens -> tokens);
    }

    FaultedAccount(GuardSettings guard, Consumer<FakeGmailBuilder> changes, UnaryOperator<TokenSource> around) {
        FakeGmailBuilder builder = FakeGmail.builder()
                .user(USER, "unused")
                .refreshToken(USER, REFRESH_TOKEN)
                .user(OTHER, OTHER)
                .clock(time::now);
        changes.accept(builder);
        server = builder.start();
        proxy = FaultProxy.builder(URI.create(server.rootUrl()).getPort()).start();
        runtime = MailRuntime.builder().time(time.timeSource(1)).build();
        this.guard = guard;
        tokens = around.apply(tokens());
        account = new OpenedAccount(account(tokens, USER).guarded(guard));
        mail = runtime.open(account);
        for (int i = 0; i < 5; i++) {
            String raw = "Subject: number " + i + "\r\n\r\ntext\r\n";
            ids.add(new EmailId(mailbox().add(raw.getBytes(StandardCharsets.US_ASCII), "INBOX")));
        }
        var unused = mail.mailboxes().list();
        server.clearLog();
    }

    /** The same account, opened once more. */
    record Again(MailClient mail, MailProvider provider) implements AutoCloseable {
        @Override
        public void close() {
            mail.close();
        }
    }

    /** Opens the account once more; its first connection is the proxy's next. */
    Again openAgain() {
        OpenedAccount again = new OpenedAccount(account(tokens, USER).guarded(guard));
        MailClient client = runtime.open(again);
        return new Again(client, again.provider());
    }

    /** Opens an account of somebody else, who has the same project. */
    MailClient openOther() {
        return runtime.open(account(Tokens.fixed(OTHER), OTHER).guarded(GuardSettings.GMAIL));
    }

    private GmailAccount account(TokenSource tokens, String user) {
        return GmailAccount.with(tokens)
                .user(user)
                .project("project")
                .rootUrl(URI.create("http://127.0.0.1:" + proxy.port() + "/"));
    }

    private RefreshingTokens tokens() {
        OAuthServer google = OAuthServer.google().tokenUrl(URI.create(server.tokenUrl()));
        OAuthClient client = OAuthClient.of(google, "client", null, clock.ofPauses(1));
        return new RefreshingTokens(new AccountId("gmail:" + USER), store, client, time::now);
    }

    void inject(GmailFault... faults) {
        server.inject(faults);
    }

    /** The server takes the next call and is silent in the middle of its answer. */
    void stall() {
        stalls = true;
        server.inject(GmailFault.stall(1));
    }

    /** Returns whether the call that is not answered has come, and nobody has given it up yet. */
    boolean isStalled() {
        return stalls && !server.log().isEmpty() && mail.traffic().retries() == 0;
    }

    /** Resets the connection that is open when so many octets more have come from the server. */
    void resetReply(int octets) {
        long before = proxy.counts().bytesToClient();
        proxy.add(new ProxyFault.Reset(Place.toClient().on(1).after(before + octets)));
    }

    /** Resets the connection that is open when so many octets more have gone to the server. */
    void resetRequest(int octets) {
        long before = proxy.counts().bytesToServer();
        proxy.add(new ProxyFault.Reset(Place.toServer().on(1).after(before + octets)));
    }

    /** Runs work in virtual time. */
    <T> VirtualTime.Ended<T> run(Callable<T> work) {
        return clock.run(mail, this::isStalled, work);
    }

    MailProvider provider() {
        return account.provider();
    }

    Call call() {
        return new Call(runtime.time().deadline(Duration.ofMinutes(2)), Lane.INTERACTIVE);
    }

    GmailMailbox mailbox() {
        return server.mailbox(USER);
    }

    /** Returns how many requests of a method came for the API, those within batches not counted. */
    long requests(String method) {
        return server.log().stream()
                .filter(request -> !request.inBatch()
                        && !request.path().equals("/token")
                        && request.method().equals(method))
                .count();
    }

    long parts() {
        return server.log().stream().filter(request -> request.inBatch()).count();
    }

    long tokenRequests() {
        return server.log().stream()
                .filter(request -> request.path().equals("/token"))
                .count();
    }

    @Override
    public void close() {
        runtime.close();
        proxy.close();
        server.close();
    }

    private static final class Store implements TokenStore {
        private final Map<AccountId, Secret> kept = new ConcurrentHashMap<>();

        @Override
        public Optional<Secret> load(AccountId account) {
            return Optional.of(kept.getOrDefault(account, Secret.of(REFRESH_TOKEN)));
        }

        @Override
        public void save(AccountId account, Secret refreshToken) {
            kept.put(account, refreshToken);
        }
    }
}
