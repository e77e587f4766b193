package dev.steadymail.imap;

import dev.steadymail.guard.Cancellation;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.Request;
import dev.steadymail.imap.ConnectionBudget.Lease;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.Call;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs operations: each passes the guard once, and each attempt has a connection for itself. Thread-safe. */
final class ImapCalls {
    private static final long SLOWEST_BYTES_PER_SECOND = 10_000;

    private final Guard guard;
    private final ConnectionBudget budget;
    private final Duration timeout;

    ImapCalls(Guard guard, ConnectionBudget budget, Duration timeout) {
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
    <T> T write(String operation, String mailbox, Call call, Function<ImapConnection, T> work) {
        return run(Request.once(operation, timeout), mailbox, call, work);
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
            return budget.borrow(mailbox, call.deadline(), cancellation);
        } catch (MailException before) {
            throw before.toBuilder().mayHaveTakenEffect(false).build();
        }
    }
}
