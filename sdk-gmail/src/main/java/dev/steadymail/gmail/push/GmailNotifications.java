package dev.steadymail.gmail.push;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands notifications on to the accounts that they are of. One for all accounts of a process: fed by {@link PushReceiver} or
 * {@link PubSubPull}, and given to accounts by {@code GmailAccount.push}. Thread-safe.
 */
public final class GmailNotifications {
    private static final Logger LOG = LoggerFactory.getLogger(GmailNotifications.class);

    private final Map<String, List<Consumer<GmailNotification>>> listeners = new ConcurrentHashMap<>();

    /** Hands a notification on to whoever listens for its mailbox; those of other mailboxes are dropped. Never blocks long. */
    public void accept(GmailNotification notification) {
        for (Consumer<GmailNotification> listener : listeners.getOrDefault(key(notification.address()), List.of())) {
            try {
                listener.accept(notification);
            } catch (RuntimeException failure) {
                LOG.warn("a listener to notifications failed", failure);
            }
        }
    }

    /**
     * Listens for one mailbox until the registration is closed.
     *
     * @param address compared without regard to case
     * @param listener called on the thread that delivers; must not block
     */
    public Registration listen(String address, Consumer<GmailNotification> listener) {
        String key = key(address);
        listeners.compute(key, (unused, known) -> {
            List<Consumer<GmailNotification>> all = known == null ? new CopyOnWriteArrayList<>() : known;
            all.add(listener);
            return all;
        });
        return () -> listeners.computeIfPresent(key, (unused, known) -> {
            known.remove(listener);
            return known.isEmpty() ? null : known;
        });
    }

    private static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    /** A listener's place. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        /** Gives it up. Harmless when repeated. */
        @Override
        void close();
    }
}
