package dev.steadymail.observability.log;

import dev.steadymail.event.CallTrace;
import dev.steadymail.event.Tracing;
import dev.steadymail.event.WorkTrace;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Protocol;
import dev.steadymail.observability.AccountNames;
import dev.steadymail.observability.EnumWords;
import dev.steadymail.observability.OperationNames;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Sets keys of SLF4J's MDC on the thread of an attempt while it goes on, so that every line that is logged meanwhile says what it is part
 * of: {@code steadymail.protocol}, {@code steadymail.operation}, {@code steadymail.lane} and, where asked for, {@code steadymail.account}.
 * What was there before is put back. Immutable and thread-safe.
 */
public final class MdcTracing implements Tracing {
    private final OperationNames operations;
    private final @Nullable AccountNames accounts;

    private MdcTracing(OperationNames operations, @Nullable AccountNames accounts) {
        this.operations = operations;
        this.accounts = accounts;
    }

    /** Returns what sets keys that name no account. */
    public static MdcTracing standard() {
        return new MdcTracing(OperationNames.STANDARD, null);
    }

    /** Returns the same that tells other operations by their names. */
    public MdcTracing withOperations(OperationNames operations) {
        return new MdcTracing(operations, accounts);
    }

    /** Returns the same that also tells accounts, by names that stand for them. */
    public MdcTracing withAccounts(AccountNames accounts) {
        return new MdcTracing(operations, accounts);
    }

    @Override
    public CallTrace call(AccountId account, Protocol protocol, String operation, Lane lane) {
        return new KeyedCall(
                accounts == null ? null : accounts.of(account, Instant.now()),
                EnumWords.of(protocol),
                operations.of(operation),
                EnumWords.of(lane));
    }

    @Override
    public WorkTrace work(Work work, AccountId account, Protocol protocol) {
        return WorkTrace.NONE;
    }
}
