package dev.steadymail;

import dev.steadymail.content.ContentFetcher;
import dev.steadymail.content.ContentOptions;
import dev.steadymail.content.ContentSink;
import dev.steadymail.event.ProtocolLog;
import dev.steadymail.event.Telemetry;
import dev.steadymail.guard.Explanation;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.Ledger;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Capabilities;
import dev.steadymail.mail.EmailThread;
import dev.steadymail.mail.Identity;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.mail.VacationResponse;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.send.Outbox;
import dev.steadymail.send.OutboxOptions;
import dev.steadymail.send.OutboxStore;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.SyncEngine;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncStore;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchListener;
import dev.steadymail.watch.WatchOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One account. Cheap, thread-safe; close it when done. Every call has a deadline and fails with {@link MailException} only.
 * Closing ends calls in flight with kind CANCELLED.
 *
 * <p>Calls are made in the INTERACTIVE lane, for somebody who waits; {@link #in} makes them in another one.
 */
public final class MailClient implements AutoCloseable {
    private final MailProvider provider;
    private final Guard guard;
    private final Function<AccountId, Guard> contentGuards;
    private final Traffic traffic;
    private final Telemetry telemetry;
    private final TimeSource time;
    private final Executor callers;
    private final Duration callTimeout;
    private final Consumer<MailClient> onClose;
    /** Made when it is needed, as most accounts need none. Guarded by this object. */
    private @Nullable Guard contentGuard;

    private volatile boolean closed;

    MailClient(
            MailProvider provider,
            Guard guard,
            Function<AccountId, Guard> contentGuards,
            Traffic traffic,
            Telemetry telemetry,
            TimeSource time,
            Executor callers,
            Duration callTimeout,
            Consumer<MailClient> onClose) {
        this.provider = provider;
        this.guard = guard;
        this.contentGuards = contentGuards;
        this.traffic = traffic;
        this.telemetry = telemetry;
        this.time = time;
        this.callers = callers;
        this.callTimeout = callTimeout;
        this.onClose = onClose;
    }

    public AccountId id() {
        return telemetry.account();
    }

    /** Returns what this account's provider can do; may have to ask the server once. */
    public Capabilities capabilities() {
        return provider().capabilities(interactive().call());
    }

    /** Returns the account's mailboxes, to list and to find. */
    public Mailboxes mailboxes() {
        return interactive().mailboxes();
    }

    /** Returns the account's emails, to query, read and change. */
    public Emails emails() {
        return interactive().emails();
    }

    /**
     * Returns a conversation.
     *
     * @throws MailException UNSUPPORTED without capability THREADS, NOT_FOUND where it is gone
     */
    public EmailThread thread(ThreadId thread) {
        return interactive().thread(thread);
    }

    /** Returns the account's drafts, to write, replace and send. */
    public Drafts drafts() {
        return interactive().drafts();
    }

    /** Returns whom the account may send as; see {@link MailView#identities}. */
    public List<Identity> identities() {
        return interactive().identities();
    }

    /** Returns the answer that the provider gives while the owner is away; see {@link MailView#vacation}. */
    public VacationResponse vacation() {
        return interactive().vacation();
    }

    /** Sets the answer that the provider gives while the owner is away; see {@link MailView#setVacation}. */
    public void setVacation(VacationResponse vacation) {
        interactive().setVacation(vacation);
    }

    /** Returns the account as calls of a lane reach it, so that work nobody waits for stands back behind the rest. */
    public MailView in(Lane lane) {
        return new MailView(this, lane, null);
    }

    /** Returns the account as part of a call: whatever is done through the view shares the call's lane and its deadline. */
    public MailView with(Call call) {
        return new MailView(this, call.lane(), call.deadline());
    }

    /** Returns an engine that keeps {@code store} equal to this account; {@code loader} reads the emails that appear. */
    public SyncEngine sync(SyncStore store, EmailLoader loader, SyncOptions options) {
        return new SyncEngine(provider(), time, store, loader, options, telemetry);
    }

    /** Returns what brings the content of this account's emails into {@code sink}, by policy and on demand. */
    public ContentFetcher content(ContentSink sink, ContentOptions options) {
        return new ContentFetcher(provider(), time, contentGuard(), callers, sink, options);
    }

    private synchronized Guard contentGuard() {
        if (closed) {
            throw wasClosed();
        }
        if (contentGuard == null) {
            contentGuard = contentGuards.apply(telemetry.account());
        }
        return contentGuard;
    }

    private synchronized void closeContentGuard() {
        if (contentGuard != null) {
            contentGuard.close();
        }
    }

    /**
     * Watches for changes, without a thread for it, until the watch or this client is closed. Returns at once; a server that cannot be
     * reached shows as an event, and is tried again.
     *
     * <pre>{@code
     * Watch watch = mail.watch(WatchOptions.INBOX, event -> {
     *     if (event instanceof WatchEvent.Changed) {
     *         sync.run(progress -> {});
     *     }
     * });
     * }</pre>
     *
     * @throws MailException of kind UNSUPPORTED where the provider cannot watch
     */
    public Watch watch(WatchOptions options, WatchListener listener) {
        return provider().watch(options, telemetry.isHeard() ? new TellingWatch(telemetry, listener) : listener);
    }

    /**
     * Opens the account's outbox, which sends each message at most once, and goes on with what is in its store. Close it before this
     * client; one outbox at a time uses a store, unless the store is made for more.
     */
    public Outbox outbox(OutboxStore store, OutboxOptions options) {
        return new Outbox(provider(), time, callers, callTimeout, store, options, telemetry);
    }

    /** Returns why this account is as fast as it is: what waits and why, circuits, quotas. Asks nobody. */
    public Explanation explain() {
        return guard.explain();
    }

    /** Returns what is left of this account's quotas, until when, and which lane used it. Asks nobody. */
    public Ledger ledger() {
        return guard.ledger();
    }

    /**
     * Closes this account's circuits by hand and forgets lowered limits, for example after its owner paid a bill. Circuits that are
     * shared with other accounts stay.
     */
    public void resetCircuits() {
        guard.reset();
    }

    /** Returns what this client has cost so far. */
    public Traffic traffic() {
        return traffic;
    }

    /** Returns the log of what this client and its servers say to each other, without content; off until it is started. */
    public ProtocolLog protocolLog() {
        return telemetry.protocolLog();
    }

    /** Returns the provider's own client, for what this SDK does not cover; empty where it has none of that type. */
    public <T> Optional<T> unwrap(Class<T> type) {
        return provider().unwrap(type);
    }

    /** Ends calls in flight and lets go of connections, within about a second. Harmless when repeated. */
    @Override
    public void close() {
        closed = true;
        onClose.accept(this);
        closeContentGuard();
        guard.close();
        provider.close();
    }

    MailProvider provider() {
        if (closed) {
            throw wasClosed();
        }
        return provider;
    }

    private MailView interactive() {
        return in(Lane.INTERACTIVE);
    }

    Deadline deadline() {
        return time.deadline(callTimeout);
    }

    /** Runs a blocking call on a thread of the runtime's. */
    <T> CompletableFuture<T> async(Supplier<T> blocking) {
        try {
            return CompletableFuture.supplyAsync(blocking, callers);
        } catch (RejectedExecutionException refused) {
            return CompletableFuture.failedFuture(
                    closed
                            ? wasClosed()
                            : MailException.of(
                                    Kind.QUEUE_FULL, "too many calls wait for a thread; call again later", refused));
        }
    }

    private static MailException wasClosed() {
        return MailException.of(Kind.CANCELLED, "the client was closed; open the account again to go on");
    }
}
