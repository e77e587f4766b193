package dev.steadymail.cli.mirror;

import dev.steadymail.cli.mirror.Difference.What;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.RawVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads messages and holds their hashes against the index. An email that is gone by then has nothing to compare. Not thread-safe. */
final class ContentComparison implements RawVisitor {
    private final Map<EmailId, IndexEntry> open;
    private final Differences differences;
    private final Runnable pulse;

    ContentComparison(Map<EmailId, IndexEntry> entries, Differences differences, Runnable pulse) {
        this.open = new HashMap<>(entries);
        this.differences = differences;
        this.pulse = pulse;
    }

    void run(RemoteMail mail) {
        mail.read(List.copyOf(open.keySet()), this);
    }

    @Override
    public void message(Email email, InputStream content) {
        String sha256 = hash(content);
        IndexEntry entry = open.remove(email.id());
        if (entry != null && !entry.sha256().equals(sha256)) {
            tell(What.CONTENT, entry, email.id(), List.of(sha256));
        }
    }

    /** A message that cannot be read is the provider's failure, and may be read by another try. */
    private String hash(InputStream content) {
        try {
            return Sha256.of(content, pulse);
        } catch (IOException cut) {
            throw MessageFiles.cutOff(cut);
        }
    }

    @Override
    public void unreadable(EmailId id, MailException reason) {
        IndexEntry entry = open.remove(id);
        if (entry != null) {
            tell(What.UNREADABLE, entry, id, List.of());
        }
    }

    private void tell(What what, IndexEntry entry, EmailId id, List<String> server) {
        differences.found(Difference.of(what, entry, id, List.of(entry.sha256()), server));
    }
}
