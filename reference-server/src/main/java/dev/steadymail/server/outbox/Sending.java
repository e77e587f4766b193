package dev.steadymail.server.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was asked to be sent under a key.
 *
 * @param requestHash of the request, in hexadecimal
 * @param at when it was accepted
 * @param draftId the draft that goes when it was sent; null where there is none
 * @param draftEmail what that draft was when it was taken, as the provider names it
 */
record Sending(
        UUID account,
        String key,
        String requestHash,
        UUID person,
        Instant at,
        @Nullable UUID draftId,
        @Nullable String draftEmail) {}
