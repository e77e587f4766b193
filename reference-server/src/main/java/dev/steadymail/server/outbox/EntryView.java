package dev.steadymail.server.outbox;

import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxFailure;
import dev.steadymail.send.OutboxRefusal;
import dev.steadymail.send.OutboxState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of an outbox as the API shows it.
 *
 * @param settled whether nothing more happens by itself
 * @param subject empty for a draft that was sent octet by octet
 * @param recipients empty for such a draft
 * @param dueAt when something is done next; null where nothing is
 * @param failure what went wrong last; null where nothing did
 * @param refusals whom it did not go to, although it went to others
 */
record EntryView(
        String key,
        UUID accountId,
        OutboxState state,
        boolean settled,
        String subject,
        List<String> recipients,
        long size,
        Instant createdAt,
        Instant changedAt,
        @Nullable Instant dueAt,
        int attempts,
        @Nullable Failure failure,
        List<Refusal> refusals) {
    static EntryView of(UUID account, OutboxEntry entry) {
        return new EntryView(
                entry.key(),
                account,
                entry.state(),
                entry.isSettled(),
                entry.message().subject(),
                entry.message().recipients(),
                entry.message().size(),
                entry.message().createdAt(),
                entry.changedAt(),
                entry.dueAt(),
                entry.attempts(),
                entry.failure() == null ? null : Failure.of(entry.failure()),
                entry.refusals().stream().map(Refusal::of).toList());
    }

    @Override
    public String toString() {
        return "EntryView[" + state + "]";
    }

    /** What went wrong: a kind of {@code MailException}, the server's code, and what helps. */
    record Failure(String kind, @Nullable String code, String message) {
        static Failure of(OutboxFailure failure) {
            return new Failure(failure.kind().name(), failure.providerCode(), failure.message());
        }
    }

    /** One whom it did not go to. */
    record Refusal(String address, Failure failure) {
        static Refusal of(OutboxRefusal refusal) {
            return new Refusal(refusal.address(), Failure.of(refusal.failure()));
        }

        @Override
        public String toString() {
            return "Refusal[hidden]";
        }
    }
}
