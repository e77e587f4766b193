package dev.steadymail.testkit.gmail;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All mailboxes of one server and the one lock that guards what is in them. */
final class Mailboxes {
    private final Object lock = new Object();
    private final Map<String, Mailbox> byAddress = new LinkedHashMap<>(); // filled before the server starts

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

    private static String key(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }
}
