package dev.steadymail.imap;

import dev.steadymail.guard.Cancellation;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.Request;
import dev.steadymail.imap.ConnectionBudget.Lease;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.Call;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs operations: each passes the guard once, and each attempt has a connection for itself. Thread-safe. */
final class ImapCalls {
    private static final long SLOWEST_BYTES_PER_SECOND = 10_000;

    private final Guard guard;
    private final ConnectionBudget budget;
    private final ResponseClassifier classifier;
    private final Duration timeout;

    ImapCalls(Guard guard, ConnectionBudget budget, ResponseClassifier classifier, Duration timeout) {
        this.classifier = classifier;
        this.guard = guard;
        this.budget = budget;
        this.timeout = timeout;
    }

    /** Runs what may be repeated after any failure. */
    <T> T read(String operation, @Nullable String mailbox, Call call, Function<ImapConnection, T> work) {
        return run(Request.repeatable(operation, timeout), mailbox, call, work);
    }

    /** Runs what may be repeated and transfers many octets. */
    <T> T download(String operation, String mailbox, long bytes, Call call, Function<ImapConnection, T> work) {
        Duration longer = timeout.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND);
        return run(Request.repeatable(operation, longer), mailbox, call, work);
    }

    /** Runs what is repeated only where it surely had no effect. */
    <T> T write(String operation, @Nullable String mailbox, Call call, Function<ImapConnection, T> work) {
        return run(Request.once(operation, timeout), mailbox, call, work);
    }

    /** Runs what is repeated only where it surely had no effect, and sends many octets. */
    <T> T upload(String operation, @Nullable String mailbox, long bytes, Call call, Function<ImapConnection, T> work) {
        Duration longer = timeout.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND);
        return run(Request.once(operation, longer), mailbox, call, work);
    }

    /** Begins something that keeps its connection; the caller closes the lease. */
    Lease hold(String operation, String mailbox, Call call, Consumer<ImapConnection> begin) {
        List<Lease> borrowed = new ArrayList<>(1);
        Lease held = null;
        try {
            held = guard.call(Request.repeatable(operation, timeout), call.lane(), call.deadline(), cancellation -> {
                Lease lease = borrow(mailbox, call, cancellation);
                borrowed.add(lease);
                try {
                    begin.accept(lease.connection());
                    return lease;
                } catch (RuntimeException failure) {
                    lease.close();
                    throw failure;
                } finally {
                    cancellation.clear();
                }
            });
            return held;
        } finally {
            // An attempt that was cancelled at its very end did succeed, and nobody takes what it borrowed.
            closeAllBut(held, borrowed);
        }
    }

    private static void closeAllBut(@Nullable Lease held, List<Lease> borrowed) {
        for (Lease each : borrowed) {
            if (each != held) {
                each.close();
            }
        }
    }

    /**
     * Runs what may be repeated.
     *
     * @param bare whether to close the connection afterwards instead of keeping it
     */
    void readBare(String operation, Call call, boolean bare, Consumer<ImapConnection> work) {
        try (Lease lease = hold(operation, MailboxNames.INBOX, call, work)) {
            if (bare) {
                lease.keepNothing();
            }
        }
    }

    /** Classifies what broke a connection that was held. */
    MailException broken(String operation, @Nullable IOException cause) {
        return classifier.broken(operation, cause == null ? new IOException("the connection is over") : cause);
    }

    private <T> T run(Request request, @Nullable String mailbox, Call call, Function<ImapConnection, T> work) {
        return guard.call(request, call.lane(), call.deadline(), cancellation -> {
            try (Lease lease = borrow(mailbox, call, cancellation)) {
                return work.apply(lease.connection());
            } finally {
                cancellation.clear();
            }
        });
    }

    /** Without a connection nothing was asked for yet. */
    private Lease borrow(@Nullable String mailbox, Call call, Cancellation cancellation) {
        try {
            return budget.borrow(mailbox, call.lane(), call.deadline(), cancellation);
        } catch (MailException before) {
            throw before.toBuilder().mayHaveTakenEffect(false).build();
        }
    }
}
