package dev.steadymail.sync;

import dev.steadymail.mail.Ancestry;
import dev.steadymail.mail.BlobId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Fingerprint;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.provider.Change.Relocated;
import dev.steadymail.provider.Change.Updated;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.SyncCursor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one entry of a state journal into a state; the inverse of {@link StateWriter}. */
final class StateReader {
    private final ByteBuffer in;
    private boolean firstForm;

    private StateReader(ByteBuffer in) {
        this.in = in;
    }

    /**
     * Adds one entry to a state.
     *
     * @throws IOException for an entry that this version did not write
     */
    static void replay(byte[] entry, StoreState state) throws IOException {
        StateReader reader = new StateReader(ByteBuffer.wrap(entry));
        try {
            reader.replayInto(state);
        } catch (RuntimeException malformed) {
            throw new DamagedJournalException("it has an entry that cannot be read", malformed);
        }
    }

    private void replayInto(StoreState state) throws IOException {
        int code = in.get();
        StateEntry entry = type(code);
        firstForm = code != entry.code();
        switch (entry) {
            case BATCH -> state.apply(batch());
            case STAGED -> state.stage(email());
            case STORED -> state.restore(new StoredEmail(text(), email()));
            case MAILBOX -> state.save(mailbox());
            case PARKED -> state.park(parked());
            case POSITION -> state.restore(in.getLong(), optionalCursor());
        }
    }

    private static StateEntry type(int code) throws IOException {
        for (StateEntry entry : StateEntry.values()) {
            if (entry.code() == code || entry.firstCode() == code) {
                return entry;
            }
        }
        throw new DamagedJournalException("it has an entry of unknown type " + code, null);
    }

    private SyncBatch batch() {
        return new SyncBatch(
                list(this::mailbox),
                list(this::relocated),
                list(this::email),
                list(this::updated),
                list(this::emailId),
                list(this::parked),
                list(this::mailboxId),
                new SyncCursor(text()),
                Mode.INCREMENTAL,
                Set.of());
    }

    private Email email() {
        EmailId id = emailId();
        String thread = optionalText();
        String blob = optionalText();
        Set<MailboxId> mailboxes = set(this::mailboxId);
        Set<Keyword> keywords = set(this::keyword);
        return new Email(
                id,
                thread == null ? null : new ThreadId(thread),
                blob == null ? null : new BlobId(blob),
                mailboxes,
                keywords,
                Instant.ofEpochSecond(in.getLong(), in.getInt()),
                in.getLong(),
                null,
                null,
                fingerprint(),
                ancestry());
    }

    private @Nullable Fingerprint fingerprint() {
        String text = firstForm ? null : optionalText();
        return text == null ? null : new Fingerprint(text);
    }

    private @Nullable Ancestry ancestry() {
        String text = firstForm ? null : optionalText();
        return text == null ? null : new Ancestry(text);
    }

    private Mailbox mailbox() {
        MailboxId id = mailboxId();
        List<String> path = list(this::text);
        String role = optionalText();
        return new Mailbox(id, path, role == null ? null : Role.valueOf(role), in.get() != 0);
    }

    private Relocated relocated() {
        return new Relocated(emailId(), emailId(), set(this::mailboxId));
    }

    private Updated updated() {
        return new Updated(emailId(), set(this::mailboxId), set(this::keyword));
    }

    private ParkedEmail parked() {
        EmailId id = emailId();
        String reason = text();
        return firstForm
                ? new ParkedEmail(id, reason, 1, Instant.EPOCH)
                : new ParkedEmail(id, reason, in.getInt(), Instant.ofEpochMilli(in.getLong()));
    }

    private EmailId emailId() {
        return new EmailId(text());
    }

    private MailboxId mailboxId() {
        return new MailboxId(text());
    }

    private Keyword keyword() {
        return new Keyword(text());
    }

    private @Nullable SyncCursor optionalCursor() {
        String text = optionalText();
        return text == null ? null : new SyncCursor(text);
    }

    private @Nullable String optionalText() {
        return in.get() == 0 ? null : text();
    }

    private String text() {
        int length = in.getInt();
        if (length > in.remaining()) {
            throw new IllegalStateException("a text of " + length + " bytes in " + in.remaining());
        }
        byte[] utf8 = new byte[length];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private <T> List<T> list(Item<T> item) {
        int count = in.getInt();
        List<T> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(item.read());
        }
        return values;
    }

    private <T> Set<T> set(Item<T> item) {
        return new HashSet<>(list(item));
    }

    @FunctionalInterface
    private interface Item<T> {
        T read();
    }
}
