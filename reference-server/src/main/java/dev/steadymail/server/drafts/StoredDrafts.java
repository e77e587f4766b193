package dev.steadymail.server.drafts;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.OutgoingPart;
import dev.steadymail.server.accounts.AccountClients;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Drafts, kept where all programs of their owner see them: at the provider. Here is only which email a draft is now. Of two editors that
 * save one draft at the same time one is told so, here or by the provider. Thread-safe.
 */
@Component
public class StoredDrafts {
    /** As long as the longest message that is sent. */
    private static final int MOST_OCTETS = 36_700_160;

    /** Longer than the provider may take to save a draft. */
    private static final Duration SAVING = Duration.ofMinutes(3);

    private final DraftRows rows;
    private final Composer composer;
    private final AccountClients clients;
    private final InstantSource clock;

    StoredDrafts(DraftRows rows, Composer composer, AccountClients clients, InstantSource clock) {
        this.rows = rows;
        this.composer = composer;
        this.clients = clients;
        this.clock = clock;
    }

    SavedDraft create(UUID account, Composition written) {
        OutgoingEmail email = composer.compose(account, written, StoredDrafts::noFiles);
        EmailId created = clients.of(account).drafts().create(email);
        return rows.name(account, created, written.inReplyTo(), clock.instant());
    }

    private static OutgoingPart noFiles(String partId) {
        throw new WrongEmailException("partId is for drafts that are saved again; give contentBase64");
    }

    /** Returns an account's drafts, newest first, as its provider has them. */
    List<ListedDraft> list(UUID account, int most) {
        return clients.of(account).drafts().list().stream()
                .limit(most)
                .map(email -> new ListedDraft(rows.name(account, email.id(), null, email.receivedAt()), email))
                .toList();
    }

    /**
     * Returns a draft.
     *
     * @throws UnknownDraftException where there is none
     */
    public SavedDraft find(UUID id) {
        return rows.require(id);
    }

    /**
     * Reads what a draft holds.
     *
     * @throws UnknownDraftException where it was changed by another program, sent or removed
     */
    public DraftContent read(SavedDraft draft) {
        try (InputStream raw = clients.of(draft.account()).emails().raw(draft.email())) {
            byte[] octets = raw.readNBytes(MOST_OCTETS + 1);
            if (octets.length > MOST_OCTETS) {
                throw MailException.of(Kind.TOO_LARGE, "the draft is too large to be read or sent here");
            }
            return DraftContent.of(octets);
        } catch (IOException cut) {
            throw MailException.of(Kind.NETWORK, "the draft could not be read to its end; try again", cut);
        } catch (MailException failure) {
            if (failure.kind() == Kind.NOT_FOUND) {
                throw new UnknownDraftException();
            }
            throw failure;
        }
    }

    /**
     * Saves a draft anew.
     *
     * @param seen the ETag of the draft that the editor saw
     * @throws DraftChangedException where it is another one now
     * @throws MailException CONFLICT where another program changed it
     */
    SavedDraft save(UUID id, String seen, Composition written) {
        SavedDraft draft = rows.require(id);
        requireSeen(draft, seen);
        OutgoingEmail email = composer.compose(draft.account(), written, files(draft));
        Instant now = clock.instant();
        if (!rows.claim(draft, now, now.plus(SAVING))) {
            throw DraftChangedException.meanwhile();
        }
        SavedDraft next =
                new SavedDraft(id, draft.account(), replaced(draft, email), written.inReplyTo(), clock.instant());
        rows.saved(next);
        return next;
    }

    private EmailId replaced(SavedDraft draft, OutgoingEmail email) {
        try {
            return clients.of(draft.account()).drafts().replace(draft.email(), email);
        } catch (MailException failure) {
            rows.release(draft);
            throw failure;
        }
    }

    /** Reads the draft where a file of it is to stay, and once. */
    private Function<String, OutgoingPart> files(SavedDraft draft) {
        DraftContent[] read = new DraftContent[1];
        return partId -> {
            if (read[0] == null) {
                read[0] = read(draft);
            }
            return read[0].file(partId);
        };
    }

    /**
     * Removes a draft for good.
     *
     * @param seen the ETag of the draft that the editor saw
     * @throws DraftChangedException where it is another one now
     * @throws MailException CONFLICT where another program changed, sent or removed it
     */
    void discard(UUID id, String seen) {
        SavedDraft draft = rows.require(id);
        requireSeen(draft, seen);
        clients.of(draft.account()).drafts().discard(draft.email());
        rows.removeWhereSame(draft);
    }

    /** Removes a draft that was sent, unless it is another email by now; harmless where it is gone. */
    public void discardSent(SavedDraft draft) {
        try {
            clients.of(draft.account()).drafts().discard(draft.email());
        } catch (MailException failure) {
            if (failure.kind() != Kind.CONFLICT) {
                throw failure;
            }
        }
        rows.removeWhereSame(draft);
    }

    private static void requireSeen(SavedDraft draft, String seen) {
        if (!draft.etag().equals(seen)) {
            throw DraftChangedException.meanwhile();
        }
    }

    /** A draft, and its email as the provider lists it. */
    record ListedDraft(SavedDraft draft, Email email) {}
}
