package dev.steadymail.server.outbox;

import dev.steadymail.mail.EmailId;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxState;
import dev.steadymail.server.drafts.SavedDraft;
import dev.steadymail.server.drafts.StoredDrafts;
import dev.steadymail.server.drafts.UnknownDraftException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Removes drafts once they were sent. A draft that was changed since it was taken stays, and so does one that was refused, taken back, or
 * of which nobody knows. Thread-safe.
 */
@Component
class SentDrafts {
    private final Sendings sendings;
    private final Outboxes outboxes;
    private final StoredDrafts drafts;

    SentDrafts(Sendings sendings, Outboxes outboxes, StoredDrafts drafts) {
        this.sendings = sendings;
        this.outboxes = outboxes;
        this.drafts = drafts;
    }

    /**
     * Removes what was sent of one account.
     *
     * @throws dev.steadymail.mail.MailException where the provider does not do it now; it is to be done again
     */
    void tidy(UUID account) {
        for (Sending sending : sendings.withDraft(account)) {
            Optional<OutboxEntry> entry = outboxes.store(account).find(sending.key());
            if (entry.isPresent() && entry.get().isSettled() && entry.get().state() != OutboxState.UNKNOWN) {
                end(sending, entry.get().state());
            }
        }
    }

    private void end(Sending sending, OutboxState state) {
        UUID id = sending.draftId();
        String email = sending.draftEmail();
        if (id != null && email != null && (state == OutboxState.SENT || state == OutboxState.SENT_BEFORE)) {
            try {
                SavedDraft draft = drafts.find(id);
                if (draft.email().equals(new EmailId(email))) {
                    drafts.discardSent(draft);
                }
            } catch (UnknownDraftException gone) {
                // Nothing is left to be removed.
            }
        }
        sendings.draftDone(sending);
    }
}
