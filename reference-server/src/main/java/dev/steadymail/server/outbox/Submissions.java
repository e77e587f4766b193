package dev.steadymail.server.outbox;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.OutgoingPart;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxState;
import dev.steadymail.server.accounts.ConnectedAccounts;
import dev.steadymail.server.drafts.Composer;
import dev.steadymail.server.drafts.DraftContent;
import dev.steadymail.server.drafts.SavedDraft;
import dev.steadymail.server.drafts.StoredDrafts;
import dev.steadymail.server.drafts.WrongEmailException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes emails to send. When {@link #send} returns, the email is in the database under its key, and leaves even if this process is killed
 * at once. The same key with the same request is answered with the entry that is there; nothing is sent, and nothing counted, again.
 * Thread-safe.
 */
@Component
class Submissions {
    private static final Duration FARTHEST = Duration.ofDays(366);

    /** A request that was noted and did not reach the outbox, since the server was killed between, is repeated soon or never. */
    private static final Duration REPEATED_WITHIN = Duration.ofDays(1);

    private final ConnectedAccounts accounts;
    private final Composer composer;
    private final StoredDrafts drafts;
    private final Sendings sendings;
    private final Outboxes outboxes;
    private final SendLimits limits;
    private final InstantSource clock;

    Submissions(
            ConnectedAccounts accounts,
            Composer composer,
            StoredDrafts drafts,
            Sendings sendings,
            Outboxes outboxes,
            SendLimits limits,
            InstantSource clock) {
        this.accounts = accounts;
        this.composer = composer;
        this.drafts = drafts;
        this.sendings = sendings;
        this.outboxes = outboxes;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Takes an email, or a draft as it is now.
     *
     * @param person who sends it
     * @throws WrongEmailException where it cannot be written or goes to nobody, or to too many
     * @throws OutboxConflictException where the key belongs to another request
     * @throws TooManySendsException where the organisation has sent its number
     * @throws MailException UNSUPPORTED where the account cannot send; QUEUE_FULL, STORAGE, TOO_LARGE
     */
    OutboxEntry send(UUID person, UUID account, String key, SendRequest request) {
        accounts.require(account);
        Instant now = clock.instant();
        Instant sendAt = sendAt(request, now);
        String hash = RequestHash.of(request);
        return sendings.find(account, key)
                .flatMap(there -> known(there, hash))
                .orElseGet(() -> take(prepared(account, request), account, key, hash, person, sendAt));
    }

    private static Instant sendAt(SendRequest request, Instant now) {
        Instant asked = request.sendAt();
        if (asked != null && asked.isAfter(now.plus(FARTHEST))) {
            throw new WrongEmailException("sendAt must be within " + FARTHEST.toDays() + " days");
        }
        return asked == null ? Instant.EPOCH : asked;
    }

    /** Returns the entry of a request that was taken before; empty where it was noted, and did not reach the outbox. */
    private Optional<OutboxEntry> known(Sending there, String hash) {
        if (!there.requestHash().equals(hash)) {
            throw new OutboxConflictException(
                    "this Idempotency-Key belongs to another request; use a new key for a new email");
        }
        Optional<OutboxEntry> entry = outboxes.store(there.account()).find(there.key());
        if (entry.isEmpty() && there.at().plus(REPEATED_WITHIN).isBefore(clock.instant())) {
            throw new OutboxConflictException(
                    "this Idempotency-Key was used, and what became of its email is forgotten; use a new key");
        }
        return entry;
    }

    private Prepared prepared(UUID account, SendRequest request) {
        var written = request.written();
        Prepared prepared = request.draftId() == null
                ? new Prepared(composer.compose(account, written, Submissions::noFiles), null, null)
                : draft(account, request.draftId());
        OutgoingEmail email = prepared.email();
        if (email != null) {
            requireRecipients(email.recipients().size());
        }
        return prepared;
    }

    private static OutgoingPart noFiles(String partId) {
        throw new WrongEmailException("partId is for drafts that are saved again; give contentBase64");
    }

    private Prepared draft(UUID account, UUID id) {
        SavedDraft draft = drafts.find(id);
        if (!draft.account().equals(account)) {
            throw new WrongEmailException("draftId must be that of a draft of the same account");
        }
        DraftContent content = drafts.read(draft);
        Optional<OutgoingEmail> email = content.outgoing();
        requireRecipients(content.recipients());
        return new Prepared(email.orElse(null), email.isPresent() ? null : content.raw(), draft);
    }

    private void requireRecipients(int count) {
        if (count < 1 || count > limits.recipientsPerMessage()) {
            throw new WrongEmailException("an email must go to 1 to " + limits.recipientsPerMessage()
                    + " recipients, this one goes to " + count);
        }
    }

    private OutboxEntry take(Prepared prepared, UUID account, String key, String hash, UUID person, Instant sendAt) {
        SavedDraft draft = prepared.draft();
        Sending sending = new Sending(
                account,
                key,
                hash,
                person,
                clock.instant(),
                draft == null ? null : draft.id(),
                draft == null ? null : draft.email().value());
        Optional<Sending> there = sendings.add(sending);
        if (there.isEmpty()) {
            requireNotGoing(sending);
        }
        return there.flatMap(before -> known(before, hash)).orElseGet(() -> enqueued(prepared, account, key, sendAt));
    }

    /**
     * One draft goes once, whatever the keys: a client whose first answer was lost may come with another one. Looked at after this sending was
     * noted, so that of two at the same moment at least one sees the other.
     */
    private void requireNotGoing(Sending sending) {
        if (sending.draftId() == null) {
            return;
        }
        for (Sending other : sendings.withDraft(sending.account())) {
            if (!other.key().equals(sending.key())
                    && sending.draftId().equals(other.draftId())
                    && Objects.equals(sending.draftEmail(), other.draftEmail())
                    && isGoing(other)) {
                sendings.remove(sending.account(), sending.key());
                throw new OutboxConflictException("this draft is sent already, under the key " + other.key()
                        + "; look at that entry, or change the draft to send it again");
            }
        }
    }

    private boolean isGoing(Sending other) {
        return outboxes.store(other.account())
                .find(other.key())
                .map(entry -> entry.state() != OutboxState.CANCELLED && entry.state() != OutboxState.REFUSED)
                .orElseGet(() -> other.at().plus(REPEATED_WITHIN).isAfter(clock.instant()));
    }

    private OutboxEntry enqueued(Prepared prepared, UUID account, String key, Instant sendAt) {
        try {
            return outboxes.use(account, outbox -> prepared.enqueue(outbox, key, sendAt));
        } catch (MailException failure) {
            // Where the store failed nobody knows whether it is there, and the key has to stay.
            if (failure.kind() != Kind.STORAGE
                    && outboxes.store(account).find(key).isEmpty()) {
                sendings.remove(account, key);
            }
            throw failure;
        }
    }

    /** Returns an account's entries, newest first. */
    List<OutboxEntry> list(UUID account, int most) {
        accounts.require(account);
        return outboxes.store(account).list(most);
    }

    /**
     * Returns an entry.
     *
     * @throws UnknownEntryException where there is none
     */
    OutboxEntry find(UUID account, String key) {
        accounts.require(account);
        return outboxes.store(account).find(key).orElseThrow(UnknownEntryException::new);
    }

    /**
     * Takes an email back.
     *
     * @throws OutboxConflictException where it has left
     */
    OutboxEntry cancel(UUID account, String key) {
        OutboxEntry before = find(account, key);
        if (!outboxes.<Boolean>use(account, outbox -> outbox.cancel(key))) {
            throw new OutboxConflictException("the email is " + state(account, key, before)
                    + " and cannot be taken back; what has left has left");
        }
        return find(account, key);
    }

    private OutboxState state(UUID account, String key, OutboxEntry before) {
        return outboxes.store(account).find(key).orElse(before).state();
    }

    /**
     * Sends an email again of which nobody knows whether it arrived, because somebody decided so.
     *
     * @throws OutboxConflictException where it is in another state
     */
    OutboxEntry sendAgain(UUID account, String key) {
        OutboxEntry entry = find(account, key);
        String reason = notAgain(entry);
        if (reason != null) {
            throw new OutboxConflictException(reason);
        }
        return outboxes.use(account, outbox -> outbox.sendAgain(key));
    }

    private static @Nullable String notAgain(OutboxEntry entry) {
        return switch (entry.state()) {
            case QUEUED, SENDING -> "the email has not left yet and is tried by itself; dueAt says when";
            case SENT, SENT_BEFORE -> "the email was sent; use a new key to send it once more";
            case REFUSED, CANCELLED ->
                "the email was not sent and its content is no longer kept; correct it and send it with a new key";
            case UNKNOWN ->
                entry.isSettled() ? null : "the email is still looked for among the sent mail; dueAt says when";
        };
    }
}
