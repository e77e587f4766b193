package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.auth.Tokens;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.gmail.GmailMailbox;
import dev.steadymail.testkit.gmail.GmailMessage;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import dev.steadymail.time.Deadline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A mailbox, a store that follows it, and a hook that runs before each request, on the thread that sends it. Requests may be
 * under way side by side, and one that failed need not have ended yet: the hook runs on one thread at a time, with the
 * mailbox's monitor held.
 */
final class SyncedMailbox implements AutoCloseable {
    final FakeGmail server =
            FakeGmail.builder().user("ada@example.com", "token").start();
    final GmailMailbox mailbox = server.mailbox("ada@example.com");
    final InMemorySyncStore store = new InMemorySyncStore();

    private final MailRuntime runtime;
    private final GmailAccount account;
    private MailClient client;
    private volatile Runnable beforeRequest = () -> {};
    private Set<MailboxId> scope = Set.of();

    SyncedMailbox(RetryPolicy retries) {
        runtime = MailRuntime.builder().retryPolicy(retries).build();
        account = GmailAccount.with(new Hooked(Tokens.fixed("token"), this::runHook))
                .rootUrl(URI.create(server.rootUrl()))
                .guarded(Unpaced.GUARD.toBuilder().maxInFlight(1).build());
        client = runtime.open(account);
    }

    /** Each request is tried once. */
    SyncedMailbox() {
        this(new RetryPolicy(1, Duration.ZERO, Duration.ZERO));
    }

    /** Goes on as another process would, which knows nothing but the store. */
    void restart() {
        client.close();
        client = runtime.open(account);
    }

    void scope(String... labels) {
        scope = Set.of(labels).stream().map(MailboxId::new).collect(Collectors.toSet());
    }

    void beforeRequest(Runnable hook) {
        beforeRequest = hook;
    }

    /** Runs once, before the request with this number, counted from 0. */
    void beforeRequest(int number, Runnable hook) {
        int[] left = {number};
        beforeRequest(() -> {
            if (left[0]-- == 0) {
                hook.run();
            }
        });
    }

    private void runHook() {
        synchronized (mailbox) {
            beforeRequest.run();
        }
    }

    SyncReport sync() {
        return sync(this::load, report -> {});
    }

    SyncReport sync(EmailLoader loader, Consumer<SyncReport> progress) {
        return client.sync(store, loader, new SyncOptions(scope, 10, Duration.ofMinutes(1)))
                .run(progress);
    }

    Loaded load(List<EmailId> ids, Call call) {
        return new Loaded(client.emails().get(ids, FetchLevel.STATE), List.of());
    }

    List<String> deliver(int count, String... labels) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(mailbox.add("Subject: n\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII), labels));
        }
        return ids;
    }

    void expireHistory() {
        mailbox.expireHistoryBefore(mailbox.historyId());
    }

    void assertConverged(String message) {
        assertEquals(served(), stored(), message);
        assertEquals(
                new TreeSet<>(Labels.mailboxes(mailbox.labels().stream()
                                .map(label -> new com.google.api.services.gmail.model.Label()
                                        .setId(label.id())
                                        .setName(label.name())
                                        .setType(label.system() ? "system" : "user"))
                                .toList())
                        .stream()
                        .map(one -> one.id().value() + " " + one.fullName())
                        .toList()),
                store.known().mailboxes().stream()
                        .map(one -> one.id().value() + " " + one.fullName())
                        .collect(Collectors.toCollection(TreeSet::new)),
                message);
    }

    private Map<String, String> served() {
        Map<String, String> emails = new TreeMap<>();
        for (GmailMessage message : mailbox.messages()) {
            Set<MailboxId> mailboxes = Labels.mailboxIds(message.labelIds());
            if (new Scope(scope).covers(mailboxes)) {
                emails.put(message.id(), sorted(mailboxes) + sorted(Labels.keywords(message.labelIds())));
            }
        }
        return emails;
    }

    private Map<String, String> stored() {
        Map<String, String> emails = new TreeMap<>();
        for (KnownEmail email : store.known().all()) {
            emails.put(email.id().value(), sorted(email.mailboxIds()) + sorted(email.keywords()));
        }
        for (Email email : store.emails()) {
            assertEquals(emails.get(email.id().value()), sorted(email.mailboxIds()) + sorted(email.keywords()));
        }
        return emails;
    }

    private static String sorted(Set<?> values) {
        return values.stream().map(String::valueOf).sorted().toList().toString();
    }

    @Override
    public void close() {
        runtime.close();
        server.close();
    }

    private record Hooked(TokenSource tokens, Runnable hook) implements TokenSource {
        @Override
        public AccessToken token(Deadline deadline) {
            hook.run();
            return tokens.token(deadline);
        }

        @Override
        public AccessToken tokenAfterRefusal(AccessToken refused, Deadline deadline) {
            return tokens.tokenAfterRefusal(refused, deadline);
        }
    }
}
