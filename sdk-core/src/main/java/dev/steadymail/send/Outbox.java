package dev.steadymail.send;

import dev.steadymail.event.Telemetry;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.RawContent;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.MessageHeader;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the mail of one account, each message at most once. A record and the message itself are stored before the first octet leaves.
 * What surely was not sent is tried again for a day; what may have been sent is looked for among the sent mail, and never sent again by
 * itself. After a crash the next outbox over the same store goes on. Messages leave one at a time. Thread-safe.
 *
 * <pre>{@code
 * try (FileOutboxStore store = FileOutboxStore.open(folder);
 *         Outbox outbox = mail.outbox(store, OutboxOptions.DEFAULT)) {
 *     OutboxEntry sent = outbox.send(email, "order-4711-confirmation");
 *     System.out.println(sent.state());
 * }
 * }</pre>
 */
public final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int LONGEST_KEY = 255;

    private final MailProvider provider;
    private final TimeSource time;
    private final Executor workers;
    private final OutboxStore store;
    private final OutboxOptions options;
    private final Duration callTimeout;
    private final OutboxWork work;
    private final Map<String, CompletableFuture<OutboxEntry>> waiting = new ConcurrentHashMap<>();
    private final @Nullable ToldEntries telling;
    private volatile boolean closed;

    /** Opens an outbox that tells nobody of its steps; see the other constructor. */
    public Outbox(
            MailProvider provider,
            TimeSource time,
            Executor workers,
            Duration callTimeout,
            OutboxStore store,
            OutboxOptions options) {
        this(provider, time, workers, callTimeout, store, options, null);
    }

    /**
     * Opens an outbox and goes on with what is in its store. Clients make outboxes.
     *
     * @param workers runs what may block
     * @param callTimeout how long {@link #send} waits
     * @param telemetry told of every step, or null
     */
    public Outbox(
            MailProvider provider,
            TimeSource time,
            Executor workers,
            Duration callTimeout,
            OutboxStore store,
            OutboxOptions options,
            @Nullable Telemetry telemetry) {
        this.provider = provider;
        this.time = time;
        this.workers = workers;
        this.callTimeout = callTimeout;
        this.store = store;
        this.options = options;
        this.telling = telemetry == null || !telemetry.isOn() ? null : new ToldEntries(telemetry);
        Delivery delivery = new Delivery(provider, time, store, options, this::changed);
        ToldEntries told = telling;
        Consumer<OutboxEntry> step = told == null ? delivery::step : entry -> told.follow(entry, delivery::step);
        this.work = new OutboxWork(step, time, workers, store, options, this::endWaiting);
        work.wake();
    }

    /**
     * Sends an email and waits until it is known what became of it, at most for the client's call timeout. What is not settled by then
     * goes on by itself, and {@link #find} tells of it.
     *
     * @param key names this sending: with the same key the same email is not sent again, and the answer is the entry that is there; 1 to
     *     255 characters
     * @return how far it is
     * @throws MailException where it did not come into the outbox: CONFLICT for a key that another email has, INVALID for no recipient,
     *     QUEUE_FULL, STORAGE, TOO_LARGE, UNSUPPORTED without capability SEND
     */
    public OutboxEntry send(OutgoingEmail email, String key) {
        return settled(enqueue(email, key, time.now()));
    }

    /** Sends a message as it is, and waits, as {@link #send(OutgoingEmail, String)}; it must have a Message-ID. */
    public OutboxEntry send(RawContent message, String key) {
        return settled(enqueue(message, key, time.now()));
    }

    /** Sends an email; the future ends when it is {@linkplain OutboxEntry#isSettled settled}, or with CANCELLED when this closes. */
    public CompletableFuture<OutboxEntry> sendAsync(OutgoingEmail email, String key) {
        return future(enqueue(email, key, time.now())).copy();
    }

    /**
     * Puts an email into the outbox, to leave by itself.
     *
     * @param sendAt when it leaves at the earliest
     * @return its entry, or the one that has the key already
     * @throws MailException as {@link #send(OutgoingEmail, String)}
     */
    public OutboxEntry enqueue(OutgoingEmail email, String key, Instant sendAt) {
        Instant now = time.now();
        Instant date = email.date() == null ? later(now, sendAt).truncatedTo(ChronoUnit.SECONDS) : email.date();
        List<String> recipients = email.recipients();
        if (recipients.isEmpty()) {
            throw MailException.of(Kind.INVALID, "the email goes to nobody; give it a recipient");
        }
        String fingerprint = Fingerprint.of(email);
        return known(key, fingerprint).orElseGet(() -> {
            RawContent content = provider.compose(email.date(date));
            OutboxMessage message = new OutboxMessage(
                    key, fingerprint, email.messageId(), email.subject(), recipients, date, content.size(), now);
            return add(OutboxEntry.queued(message, later(now, sendAt)), content);
        });
    }

    /**
     * Puts a message as it is into the outbox, to leave by itself. It goes to those that its To, Cc and Bcc fields name.
     *
     * @param sendAt when it leaves at the earliest
     * @throws MailException INVALID where it has no Message-ID, by which it could be looked for; others as
     *     {@link #send(OutgoingEmail, String)}
     */
    public OutboxEntry enqueue(RawContent message, String key, Instant sendAt) {
        String fingerprint = Fingerprint.of(message);
        return known(key, fingerprint).orElseGet(() -> {
            Instant now = time.now();
            OutboxMessage what =
                    new OutboxMessage(key, fingerprint, messageId(message), "", List.of(), null, message.size(), now);
            return add(OutboxEntry.queued(what, later(now, sendAt)), message);
        });
    }

    private static String messageId(RawContent message) {
        return MessageHeader.of(message)
                .first("Message-ID")
                .map(field -> field.strip().replaceAll("^<|>$", ""))
                .filter(OutgoingEmail::acceptsId)
                .orElseThrow(() -> MailException.of(
                        Kind.INVALID,
                        "the message has no good Message-ID, by which it could be looked for; give it one"));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Optional<OutboxEntry> known(String key, String fingerprint) {
        if (closed) {
            throw wasClosed();
        }
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw MailException.of(Kind.INVALID, "an idempotency key has 1 to 255 characters");
        }
        return store.find(key).map(entry -> same(entry, fingerprint));
    }

    private static OutboxEntry same(OutboxEntry entry, String fingerprint) {
        if (!entry.message().fingerprint().equals(fingerprint)) {
            throw MailException.of(
                    Kind.CONFLICT, "this idempotency key belongs to another message; use a new key for a new message");
        }
        return entry;
    }

    private OutboxEntry add(OutboxEntry entry, RawContent content) {
        if (store.waiting() >= options.mostWaiting()) {
            throw MailException.of(
                    Kind.QUEUE_FULL, options.mostWaiting() + " messages wait in the outbox already; send later");
        }
        Optional<OutboxEntry> there = store.add(entry, content);
        if (there.isPresent()) {
            return same(there.get(), entry.message().fingerprint());
        }
        changed(entry);
        work.wake();
        return entry;
    }

    /** Returns the entry of a key, empty where it never was or is forgotten. */
    public Optional<OutboxEntry> find(String key) {
        return store.find(key);
    }

    /** Returns the entries, newest first. */
    public List<OutboxEntry> list(int most) {
        return store.list(most);
    }

    /**
     * Takes a message back.
     *
     * @return whether it is CANCELLED now and does not leave any more, although what {@link #sendAgain} sends may have arrived before;
     *     false where it has left, or is settled
     * @throws MailException NOT_FOUND for an unknown key
     */
    public boolean cancel(String key) {
        while (true) {
            OutboxEntry entry = required(key);
            boolean waits =
                    entry.state() == OutboxState.QUEUED || (entry.state() == OutboxState.SENDING && !entry.hasLeft());
            if (!waits) {
                return entry.state() == OutboxState.CANCELLED;
            }
            OutboxEntry cancelled = entry.at(time.now()).cancelled();
            if (store.replace(cancelled)) {
                changed(cancelled);
                return true;
            }
        }
    }

    /**
     * Sends a message again that is UNKNOWN after the last look, because somebody decided so: it may then arrive twice.
     *
     * @throws MailException NOT_FOUND for an unknown key, CONFLICT where the message is not UNKNOWN or is still looked for
     */
    public OutboxEntry sendAgain(String key) {
        OutboxEntry entry = required(key);
        OutboxEntry queued = entry.at(time.now()).sentAgain();
        if (!entry.isSettled() || entry.state() != OutboxState.UNKNOWN || !store.replace(queued)) {
            throw MailException.of(
                    Kind.CONFLICT, "only a message that stayed UNKNOWN can be sent again; look at it once more");
        }
        changed(queued);
        work.wake();
        return queued;
    }

    private OutboxEntry required(String key) {
        return store.find(key)
                .orElseThrow(() -> MailException.of(Kind.NOT_FOUND, "no message in the outbox has this key"));
    }

    /** Ends without waiting: what is being sent is known to its store, and gone on with by the next outbox. Harmless when repeated. */
    @Override
    public void close() {
        closed = true;
        work.close();
        waiting.values().forEach(future -> future.completeExceptionally(wasClosed()));
        waiting.clear();
    }

    private static MailException wasClosed() {
        return MailException.of(Kind.CANCELLED, "the outbox was closed; open it again to go on");
    }

    private OutboxEntry settled(OutboxEntry entry) {
        Deadline deadline = time.deadline(callTimeout);
        try {
            return future(entry).get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException stillGoingOn) {
            return required(entry.key());
        } catch (ExecutionException failure) {
            throw wasClosed();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return required(entry.key());
        }
    }

    /** Asks the store after it has begun to listen, so that nothing is missed between. */
    private CompletableFuture<OutboxEntry> future(OutboxEntry entry) {
        CompletableFuture<OutboxEntry> future =
                waiting.computeIfAbsent(entry.key(), unused -> new CompletableFuture<>());
        OutboxEntry now = required(entry.key());
        if (now.isSettled()) {
            end(now);
            future.complete(now);
        }
        if (closed) {
            future.completeExceptionally(wasClosed());
        }
        return future;
    }

    private void changed(OutboxEntry entry) {
        if (telling != null) {
            telling.changed(entry);
        }
        try {
            options.listener().changed(entry);
        } catch (RuntimeException failure) {
            LOG.warn("an outbox listener failed", failure);
        }
        if (entry.isSettled()) {
            end(entry);
        }
    }

    private void end(OutboxEntry entry) {
        CompletableFuture<OutboxEntry> future = waiting.remove(entry.key());
        if (future != null) {
            complete(future, entry);
        }
    }

    /** Another process may have settled what somebody here waits for. */
    private void endWaiting() {
        for (String key : waiting.keySet()) {
            store.find(key).filter(OutboxEntry::isSettled).ifPresent(this::end);
        }
    }

    /** Not here: whoever goes on with it may send another message and wait for that. */
    private void complete(CompletableFuture<OutboxEntry> future, OutboxEntry entry) {
        try {
            workers.execute(() -> future.complete(entry));
        } catch (RejectedExecutionException busy) {
            future.complete(entry);
        }
    }
}
