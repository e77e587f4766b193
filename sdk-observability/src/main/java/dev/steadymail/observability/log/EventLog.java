package dev.steadymail.observability.log;

import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.CircuitEvent;
import dev.steadymail.event.ClientEvent.WatchingEvent;
import dev.steadymail.event.ClientEventListener;
import dev.steadymail.mail.AccountId;
import dev.steadymail.observability.AccountNames;
import dev.steadymail.observability.OperationNames;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes a line for each event to the log {@code dev.steadymail.events}: at INFO where a circuit opens or closes again and where a watch
 * is lost or goes on again, twenty such lines a minute at most; at DEBUG otherwise. Lines hold figures, and names that the SDK gives; no
 * account unless {@linkplain #withAccounts asked for}. Where DEBUG is off, other events cost next to nothing. Thread-safe.
 */
public final class EventLog implements ClientEventListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.steadymail.events");
    private static final int MOST_LOST = 1_024;

    private final OperationNames operations;
    private final @Nullable AccountNames accounts;
    private final LineLimit limit = new LineLimit();
    /** Accounts whose watch was lost, so that its going on again is news; guarded by itself. */
    private final Set<AccountId> lost = new LinkedHashSet<>();

    private EventLog(OperationNames operations, @Nullable AccountNames accounts) {
        this.operations = operations;
        this.accounts = accounts;
    }

    /** Returns a log that names no account. */
    public static EventLog standard() {
        return new EventLog(OperationNames.STANDARD, null);
    }

    /** Returns a log that tells other operations by their names. */
    public EventLog withOperations(OperationNames operations) {
        return new EventLog(operations, accounts);
    }

    /** Returns a log that also tells accounts, by names that stand for them. */
    public EventLog withAccounts(AccountNames accounts) {
        return new EventLog(operations, accounts);
    }

    @Override
    public void on(ClientEvent event) {
        if (isNews(event)) {
            write(limit.allows(event.at()) ? Level.INFO : Level.DEBUG, event);
        } else {
            write(Level.DEBUG, event);
        }
    }

    private void write(Level level, ClientEvent event) {
        if (LOG.isEnabledForLevel(level)) {
            EventLine.write(LOG.atLevel(level), event, operations, accounts);
        }
    }

    private boolean isNews(ClientEvent event) {
        if (event instanceof CircuitEvent circuit) {
            return circuit.state() != CircuitEvent.State.HALF_OPEN;
        }
        return event instanceof WatchingEvent watching && isNews(watching);
    }

    private boolean isNews(WatchingEvent watching) {
        synchronized (lost) {
            return switch (watching.news()) {
                case LOST -> {
                    if (lost.size() >= MOST_LOST) {
                        lost.remove(lost.iterator().next());
                    }
                    lost.add(watching.account());
                    yield true;
                }
                case WATCHING_ALL, WATCHING_ONE, POLLING -> lost.remove(watching.account());
                case CHANGED -> false;
            };
        }
    }
}
