package dev.steadymail.observability.jfr;

import dev.steadymail.event.CallTrace;
import dev.steadymail.event.ClientEvent.CacheEvent;
import dev.steadymail.event.ClientEvent.SendEvent;
import dev.steadymail.event.ClientEvent.SyncEvent;
import dev.steadymail.event.Tracing;
import dev.steadymail.event.WorkTrace;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Protocol;
import dev.steadymail.observability.EnumWords;
import dev.steadymail.observability.OperationNames;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records what clients do with JDK Flight Recorder: {@code dev.steadymail.MailCall}, {@code MailSync}, {@code MailCacheRead} and
 * {@code MailSend}. They hold figures, and names that the SDK gives; no account. Where nothing is recorded, nothing is followed.
 * Immutable and thread-safe.
 */
public final class JfrTracing implements Tracing {
    private static final String[] PROTOCOLS =
            Arrays.stream(Protocol.values()).map(EnumWords::of).toArray(String[]::new);
    private static final String[] LANES =
            Arrays.stream(Lane.values()).map(EnumWords::of).toArray(String[]::new);

    private final Set<String> operations;

    private JfrTracing(OperationNames operations) {
        this.operations = new HashSet<>(operations.known());
    }

    /** Returns what records operations by their standard names. */
    public static JfrTracing standard() {
        return new JfrTracing(OperationNames.STANDARD);
    }

    /** Returns what records operations by these names. */
    public static JfrTracing of(OperationNames operations) {
        return new JfrTracing(operations);
    }

    @Override
    public @Nullable CallTrace call(AccountId account, Protocol protocol, String operation, Lane lane) {
        MailCallEvent event = new MailCallEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.operation = operations.contains(operation) ? operation : OperationNames.OTHER;
        event.protocol = PROTOCOLS[protocol.ordinal()];
        event.lane = LANES[lane.ordinal()];
        event.begin();
        return new RecordedCall(event);
    }

    @Override
    public WorkTrace work(Work work, AccountId account, Protocol protocol) {
        return switch (work) {
            case SYNC -> sync(protocol);
            case CACHE -> cacheRead(protocol);
            case SEND -> send(protocol);
        };
    }

    private static WorkTrace sync(Protocol protocol) {
        MailSyncEvent recorded = new MailSyncEvent();
        if (!recorded.isEnabled()) {
            return WorkTrace.NONE;
        }
        recorded.protocol = PROTOCOLS[protocol.ordinal()];
        recorded.begin();
        return event -> {
            if (event instanceof SyncEvent sync && recorded.shouldCommit()) {
                recorded.tell(sync);
            }
        };
    }

    private static WorkTrace cacheRead(Protocol protocol) {
        MailCacheReadEvent recorded = new MailCacheReadEvent();
        if (!recorded.isEnabled()) {
            return WorkTrace.NONE;
        }
        recorded.protocol = PROTOCOLS[protocol.ordinal()];
        recorded.begin();
        return event -> {
            if (event instanceof CacheEvent cache && recorded.shouldCommit()) {
                recorded.tell(cache);
            }
        };
    }

    private static WorkTrace send(Protocol protocol) {
        MailSendEvent recorded = new MailSendEvent();
        if (!recorded.isEnabled()) {
            return WorkTrace.NONE;
        }
        recorded.protocol = PROTOCOLS[protocol.ordinal()];
        recorded.begin();
        return event -> {
            if (event instanceof SendEvent send && recorded.shouldCommit()) {
                recorded.tell(send);
            }
        };
    }
}
