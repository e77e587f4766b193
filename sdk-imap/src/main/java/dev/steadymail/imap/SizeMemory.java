package dev.steadymail.imap;

import dev.steadymail.mail.EmailId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers sizes that were seen lately, so that reading those emails need not ask for them. Thread-safe, bounded. */
final class SizeMemory {
    private static final int MOST = 20_000;

    private final Map<EmailId, Long> sizes = new LinkedHashMap<>();

    synchronized void remember(EmailId id, long size) {
        sizes.put(id, size);
        if (sizes.size() > MOST) {
            sizes.remove(sizes.keySet().iterator().next());
        }
    }

    synchronized @Nullable Long of(EmailId id) {
        return sizes.get(id);
    }
}
