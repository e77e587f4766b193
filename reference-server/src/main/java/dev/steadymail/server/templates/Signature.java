package dev.steadymail.server.templates;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person's signature; see {@link SignatureRequest}. */
record Signature(
        UUID id,
        @Nullable UUID accountId,
        String name,
        @Nullable String text,
        @Nullable String html,
        boolean isDefault,
        Instant changedAt) {
    @Override
    public String toString() {
        return "Signature[" + id + "]";
    }
}
