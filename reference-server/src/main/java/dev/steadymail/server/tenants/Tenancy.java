package dev.steadymail.server.tenants;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The organisation that a thread works for. Whatever it asks the database for meanwhile sees the rows of that organisation, and none of
 * tables of tenants where it works for none. Thread-safe.
 *
 * <p>Requests are bound to the caller's organisation before they reach their method. Other threads bind themselves; work that is handed
 * on to another thread has to be bound there again, see {@link #current()}.
 */
@Component
public final class Tenancy {
    private static final ThreadLocal<@Nullable UUID> CURRENT = new ThreadLocal<>();

    private final JdbcTemplate jdbc;

    Tenancy(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns the organisation that this thread works for.
     *
     * @throws IllegalStateException where it works for none
     */
    public static UUID current() {
        return bound().orElseThrow(() -> new IllegalStateException("this thread works for no organisation"));
    }

    static Optional<UUID> bound() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Works for an organisation, and afterwards for the one before. Not inside a transaction, which is one organisation's. */
    public static <T extends @Nullable Object> T in(UUID organisation, Supplier<T> work) {
        Binding binding = bind(organisation);
        try {
            return work.get();
        } finally {
            binding.close();
        }
    }

    /** Binds this thread until the binding is closed, on the same thread. */
    static Binding bind(UUID organisation) {
        UUID before = CURRENT.get();
        if (TransactionSynchronizationManager.isActualTransactionActive() && !organisation.equals(before)) {
            throw new IllegalStateException("a transaction cannot go over to another organisation");
        }
        CURRENT.set(organisation);
        return new Binding(before);
    }

    /** As {@link #in(UUID, Supplier)}. */
    public static void in(UUID organisation, Runnable work) {
        Tenancy.<@Nullable Object>in(organisation, () -> {
            work.run();
            return null;
        });
    }

    /** Returns whose an account is; empty where there is no such account. */
    public Optional<UUID> ofAccount(UUID account) {
        return jdbc
                .queryForList("select organisation_id from account_place where account_id = ?", UUID.class, account)
                .stream()
                .findFirst();
    }

    /** Ends with the organisation before. */
    record Binding(@Nullable UUID before) {
        void close() {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }
}
