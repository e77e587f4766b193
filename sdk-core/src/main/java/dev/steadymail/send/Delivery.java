package dev.steadymail.send;

import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RefusedRecipient;
import dev.steadymail.mail.SendResult;
import dev.steadymail.mail.SendResult.Sent;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.Submission;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one message one step further. Each step is stored before what it announces begins, and stored again when it has ended; a store
 * refuses the change of what somebody else has changed, and then this steps back. Thread-safe.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    /** Wrong credentials, tried too often, lock an account. */
    private static final Duration LOGIN_WAIT = Duration.ofMinutes(15);

    private static final Duration LOOK_TIMEOUT = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 7;

    private final MailProvider provider;
    private final TimeSource time;
    private final OutboxStore store;
    private final OutboxOptions options;
    private final Consumer<OutboxEntry> changed;
    private final SentLookup sentMail;

    Delivery(
            MailProvider provider,
            TimeSource time,
            OutboxStore store,
            OutboxOptions options,
            Consumer<OutboxEntry> changed) {
        this.provider = provider;
        this.time = time;
        this.store = store;
        this.options = options;
        this.changed = changed;
        this.sentMail = new SentLookup(provider, store);
    }

    /** Does what is due. */
    void step(OutboxEntry entry) {
        switch (entry.state()) {
            case QUEUED -> start(entry);
            case SENDING -> takeOver(entry);
            case UNKNOWN -> look(entry);
            case SENT, SENT_BEFORE, REFUSED, CANCELLED -> {
                boolean unused = put(entry.at(time.now()).settled());
            }
        }
    }

    private void start(OutboxEntry entry) {
        OutboxEntry claimed = entry.at(time.now()).claimed(options.lease());
        if (put(claimed)) {
            send(new Claim(claimed));
        }
    }

    private void send(Claim claim) {
        SendResult result;
        try {
            Submission submission = new Submission(store.content(claim.entry), claim::leave, claim::accepted);
            Call call = new Call(time.deadline(options.sendTimeout()), Lane.SEND);
            result = provider.send(submission, call);
        } catch (MailException failure) {
            if (!failure.mayHaveTakenEffect()) {
                notSent(claim, failure);
                return;
            }
            // It should have been told as such; what is left is as good.
            result = new SendResult.Unknown(failure);
        } catch (RuntimeException defect) {
            MailException failure =
                    MailException.of(Kind.PROTOCOL, "the provider failed in a way that it must not", defect);
            if (!claim.entry.hasLeft()) {
                notSent(claim, failure);
                return;
            }
            result = new SendResult.Unknown(failure);
        }
        // Apart from the above, since a store that fails now says nothing about the message.
        end(claim, result);
    }

    private void end(Claim claim, SendResult result) {
        if (result instanceof Sent sent) {
            record(claim, sent);
            return;
        }
        OutboxFailure why = OutboxFailure.of(((SendResult.Unknown) result).cause());
        boolean unused = put(claim.entry.at(time.now()).unclear(options.looks().get(0), why));
    }

    /**
     * Stores that a message was sent, although somebody may have taken it over meanwhile, since our clock jumped: they can only look for
     * what had left, and so find less than is known here.
     */
    private void record(Claim claim, Sent sent) {
        if (put(claim.entry.at(time.now()).sent(sent))) {
            return;
        }
        store.find(claim.entry.key())
                .filter(now -> !now.state().isFinal() || now.state() == OutboxState.SENT)
                .ifPresent(now -> put(now.at(time.now()).sent(sent)));
    }

    private void notSent(Claim claim, MailException failure) {
        if (claim.lost) {
            return;
        }
        if (!put(afterwards(claim.entry, failure))) {
            // That it leaves was stored after all, although the store said that it could not.
            store.find(claim.entry.key())
                    .filter(now -> now.equals(claim.announced))
                    .ifPresent(now -> put(afterwards(now, failure)));
        }
    }

    private OutboxEntry afterwards(OutboxEntry entry, MailException failure) {
        OutboxFailure why = OutboxFailure.of(failure);
        Instant again = again(entry, failure);
        Transition next = entry.at(time.now());
        return again == null ? next.refused(why) : next.requeued(again, why);
    }

    /** Returns when to try again, null where that is of no use. */
    private @Nullable Instant again(OutboxEntry entry, MailException failure) {
        Instant now = time.now();
        Instant since = entry.triedAt() == null ? now : entry.triedAt();
        Instant end = since.plus(options.giveUpAfter());
        if (!mayPass(failure) || !now.isBefore(end)) {
            return null;
        }
        Instant own = now.plus(isLogin(failure) ? LOGIN_WAIT : backoff(entry.attempts()));
        Instant again = failure.retryAt().filter(stated -> stated.isAfter(own)).orElse(own);
        // One last try at the end, and not one that comes too late for it.
        return again.isAfter(end) ? end : again;
    }

    private static boolean isLogin(MailException failure) {
        return failure.kind() == Kind.AUTH || failure.kind() == Kind.REAUTH_REQUIRED;
    }

    /** A message that surely has not left may be tried again, unless it is the message that is wrong. */
    private static boolean mayPass(MailException failure) {
        return switch (failure.kind()) {
            case INVALID, TOO_LARGE, UNSUPPORTED, FORBIDDEN, NOT_FOUND, CONFLICT -> failure.isRetryable();
            default -> true;
        };
    }

    /** Half of a bound that doubles, and chance for the other half. */
    private Duration backoff(int attempts) {
        Duration bound = FIRST_WAIT.multipliedBy(1L << Math.min(MOST_DOUBLINGS, Math.max(0, attempts - 1)));
        long nanos = (bound.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : bound).toNanos();
        return Duration.ofNanos(nanos / 2 + time.random().nextLong(nanos / 2 + 1));
    }

    /** Whoever claimed it has ended: before it left nothing was sent, afterwards nobody knows. */
    private void takeOver(OutboxEntry entry) {
        OutboxFailure why = new OutboxFailure(
                Kind.CANCELLED, null, "the process that was sending it ended; nothing has to be done about it");
        Transition next = entry.at(time.now());
        boolean unused = put(entry.hasLeft() ? next.unclear(Duration.ZERO, why) : next.requeued(time.now(), why));
    }

    private void look(OutboxEntry entry) {
        Instant since = Objects.requireNonNullElse(entry.unclearAt(), entry.changedAt());
        try {
            Call call = new Call(time.deadline(LOOK_TIMEOUT), Lane.SEND);
            OutboxEntry next = sentMail.find(entry, call)
                    .map(email -> entry.at(time.now()).found(email.id(), email.threadId()))
                    .orElseGet(() -> notFound(entry, since));
            boolean unused = put(next);
        } catch (MailException failure) {
            boolean unused = put(entry.at(time.now()).lookAgain(nextTry(since, failure)));
        }
    }

    private OutboxEntry notFound(OutboxEntry entry, Instant since) {
        int looked = entry.looks() + 1;
        List<Duration> looks = options.looks();
        Transition next = entry.at(time.now());
        if (looked < looks.size()) {
            Instant at = since.plus(looks.get(looked));
            return next.lookedFor(at.isAfter(time.now()) ? at : time.now());
        }
        return options.repeatsUnseen() ? next.sentAgain() : next.lookedFor(null);
    }

    private @Nullable Instant nextTry(Instant since, MailException failure) {
        Instant now = time.now();
        if (!now.isBefore(since.plus(options.giveUpAfter())) || failure.kind() == Kind.UNSUPPORTED) {
            return null;
        }
        Instant own = now.plus(isLogin(failure) ? LOGIN_WAIT : FIRST_WAIT);
        return failure.retryAt().filter(stated -> stated.isAfter(own)).orElse(own);
    }

    private boolean put(OutboxEntry next) {
        boolean done = store.replace(next);
        if (done) {
            changed.accept(next);
        }
        return done;
    }

    /** A message that this process is sending, for as long as the store agrees. */
    private final class Claim {
        private volatile OutboxEntry entry;
        private volatile @Nullable OutboxEntry announced;
        private volatile boolean lost;

        Claim(OutboxEntry entry) {
            this.entry = entry;
        }

        /** Stores that it leaves, with a lease for another attempt's time. */
        void leave() {
            OutboxEntry leaving = entry.at(time.now()).leaving(options.lease());
            announced = leaving;
            if (!put(leaving)) {
                lost = true;
                throw MailException.builder(
                                Kind.CANCELLED,
                                "the message was cancelled, or another process sends it now; it did not leave here")
                        .mayHaveTakenEffect(false)
                        .build();
            }
            entry = leaving;
        }

        /** Stores that it was taken, while the provider has more to do. Where that fails it is stored at the end. */
        void accepted(List<RefusedRecipient> refused) {
            List<OutboxRefusal> refusals =
                    refused.stream().map(OutboxRefusal::of).toList();
            OutboxEntry sent = entry.at(time.now()).accepted(refusals, options.lease());
            try {
                entry = put(sent) ? sent : entry;
            } catch (MailException failure) {
                LOG.warn("that a message was taken cannot be stored yet: {}", failure.kind());
            }
        }
    }
}
