package dev.steadymail.sync;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.SyncCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies batches so that one change that a store will not have holds up no other. A batch that is refused as INVALID is applied by
 * halves, under the cursor that is there, so that a crash between only has the whole page told again; what is refused alone is parked.
 * The last part brings the new cursor.
 */
final class BatchParts {
    private final BiFunction<SyncBatch, SyncStore, Runnable> counting;
    private final SyncStore store;

    /** @param counting looks at a batch before it is applied; what it returns is run after that */
    BatchParts(SyncStore store, BiFunction<SyncBatch, SyncStore, Runnable> counting) {
        this.store = store;
        this.counting = counting;
    }

    /**
     * Applies a batch.
     *
     * @param before the cursor that is there
     * @param tries makes what has to be parked of what was refused
     * @throws MailException as the store's, except for INVALID about an email
     */
    void apply(SyncBatch batch, SyncCursor before, ParkedTries tries) {
        try {
            applyWhole(batch);
        } catch (MailException refused) {
            if (refused.kind() != Kind.INVALID) {
                throw refused;
            }
            Division division = new Division(batch, before, tries);
            division.apply(pieces(batch));
            applyWhole(division.rest());
        }
    }

    private void applyWhole(SyncBatch batch) {
        Runnable counted = counting.apply(batch, store);
        store.apply(batch);
        counted.run();
    }

    /** One change, and what has to be parked, and dropped, where it is refused. */
    private record Piece(
            Consumer<SyncBatch.Builder> change,
            @Nullable EmailId parks,
            @Nullable EmailId drops) {}

    private static List<Piece> pieces(SyncBatch batch) {
        List<Piece> pieces = new ArrayList<>();
        batch.mailboxesSaved().forEach(mailbox -> pieces.add(new Piece(part -> part.save(mailbox), null, null)));
        batch.relocated().forEach(move -> pieces.add(new Piece(part -> part.relocate(move), move.to(), move.from())));
        batch.created()
                .forEach(email -> pieces.add(new Piece(
                        part -> {
                            part.create(email);
                            if (batch.firstSeen().contains(email.id())) {
                                part.firstSeen(email.id());
                            }
                        },
                        email.id(),
                        null)));
        batch.updated().forEach(change -> pieces.add(new Piece(part -> part.update(change), change.id(), null)));
        batch.destroyed().forEach(id -> pieces.add(new Piece(part -> part.destroy(id), null, null)));
        return pieces;
    }

    private final class Division {
        private final SyncBatch batch;
        private final SyncCursor before;
        private final ParkedTries tries;
        private final Map<EmailId, ParkedEmail> parked = new LinkedHashMap<>();
        private final List<EmailId> dropped = new ArrayList<>();

        Division(SyncBatch batch, SyncCursor before, ParkedTries tries) {
            this.batch = batch;
            this.before = before;
            this.tries = tries;
        }

        void apply(List<Piece> pieces) {
            if (pieces.isEmpty()) {
                return;
            }
            SyncBatch.Builder part = SyncBatch.to(before).mode(batch.mode());
            pieces.forEach(piece -> piece.change().accept(part));
            try {
                applyWhole(part.build());
            } catch (MailException refused) {
                if (refused.kind() != Kind.INVALID) {
                    throw refused;
                }
                divide(pieces, refused);
            }
        }

        private void divide(List<Piece> pieces, MailException refused) {
            int half = pieces.size() / 2;
            if (half > 0) {
                apply(pieces.subList(0, half));
                apply(pieces.subList(half, pieces.size()));
            } else {
                park(pieces.get(0), refused);
            }
        }

        /** A mailbox, or the end of an email, cannot wait: there is nothing to try again later. */
        private void park(Piece piece, MailException refused) {
            EmailId id = piece.parks();
            if (id == null) {
                throw refused;
            }
            parked.put(id, tries.failed(new ParkedEmail(id, refused.kind() + ": " + refused.getMessage())));
            if (piece.drops() != null) {
                dropped.add(piece.drops());
            }
        }

        SyncBatch rest() {
            SyncBatch.Builder rest = SyncBatch.to(batch.cursor()).mode(batch.mode());
            dropped.forEach(rest::destroy);
            batch.parked().forEach(rest::park);
            parked.values().forEach(rest::park);
            batch.mailboxesGone().forEach(rest::drop);
            return rest.build();
        }
    }
}
