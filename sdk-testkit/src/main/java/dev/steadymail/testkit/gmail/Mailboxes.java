package dev.steadymail.testkit.gmail;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All mailboxes of one server, who watches them, and the one lock that guards what is in them. */
final class Mailboxes {
    private final Object lock = new Object();
    private final Map<String, Mailbox> byAddress = new LinkedHashMap<>(); // filled before the server starts
    private final Watches watches;
    private final boolean rewritesMessageIds;

    Mailboxes(Watches watches, boolean rewritesMessageIds) {
        this.watches = watches;
        this.rewritesMessageIds = rewritesMessageIds;
    }

    void add(Mailbox mailbox) {
        byAddress.put(key(mailbox.address()), mailbox);
    }

    @Nullable
    Mailbox find(String address) {
        return byAddress.get(key(address));
    }

    Object lock() {
        return lock;
    }

    Watches watches() {
        return watches;
    }

    /** Returns whether sent mail gets a Message-ID of the service's own. */
    boolean rewritesMessageIds() {
        return rewritesMessageIds;
    }

    private static String key(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }
}
