package dev.steadymail.cli.mirror;

import dev.steadymail.Emails;
import dev.steadymail.MailClient;
import dev.steadymail.cli.mirror.MessageFiles.Content;
import dev.steadymail.mail.BlobId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.FileSyncStore;
import dev.steadymail.sync.ParkedEmail;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads emails into message files. Each is remembered as soon as its file is in place, so that a run that is killed, or a page
 * that fails half way, costs no message twice.
 */
final class MirrorLoader implements EmailLoader {
    private final MailClient client;
    private final FileSyncStore store;
    private final MessageFiles files;

    MirrorLoader(MailClient client, FileSyncStore store, MessageFiles files) {
        this.client = client;
        this.store = store;
        this.files = files;
    }

    @Override
    public Loaded load(List<EmailId> ids, Call call) {
        Emails emails = client.with(call).emails();
        Page page = new Page();
        try {
            Map<EmailId, Content> there = alreadyThere(ids);
            refresh(emails, there, page);
            emails.raw(ids.stream().filter(id -> !there.containsKey(id)).toList(), page);
            files.force();
        } catch (IOException failure) {
            throw StorageFailure.of("messages cannot be stored", failure);
        }
        return page.loaded();
    }

    /** Which of these have their octets on disk, although their batch was never applied. */
    private Map<EmailId, Content> alreadyThere(List<EmailId> ids) throws IOException {
        Map<EmailId, Content> there = new LinkedHashMap<>();
        for (EmailId id : ids) {
            Content content = store.staged(id).map(MirrorLoader::content).orElse(null);
            if (content != null && files.has(content)) {
                there.put(id, content);
            }
        }
        return there;
    }

    /** Octets never change, but marks and mailboxes may have since then. */
    private static void refresh(Emails emails, Map<EmailId, Content> there, Page page) {
        for (Email email : emails.get(there.keySet(), FetchLevel.STATE)) {
            Content content = there.get(email.id());
            if (content != null) {
                page.add(email, content);
            }
        }
    }

    private static @Nullable Content content(Email staged) {
        BlobId blob = staged.blobId();
        return blob == null ? null : new Content(blob.value(), staged.size());
    }

    /** What one load brought so far. */
    private final class Page implements RawVisitor {
        private final Map<EmailId, Email> read = new LinkedHashMap<>();
        private final List<ParkedEmail> parked = new ArrayList<>();

        @Override
        public void message(Email email, InputStream content) throws IOException {
            store.stage(add(email, files.store(content)));
        }

        @Override
        public void unreadable(EmailId id, MailException reason) {
            parked.add(new ParkedEmail(id, reason.kind() + ": " + reason.getMessage()));
        }

        Email add(Email email, Content content) {
            Email kept = email.withBlob(new BlobId(content.sha256()), content.size());
            read.put(kept.id(), kept);
            return kept;
        }

        Loaded loaded() {
            return new Loaded(List.copyOf(read.values()), parked);
        }
    }
}
