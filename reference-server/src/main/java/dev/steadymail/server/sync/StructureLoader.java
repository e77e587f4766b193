package dev.steadymail.server.sync;

import dev.steadymail.Emails;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads addresses and structure of emails, not their bodies. */
final class StructureLoader implements EmailLoader {
    /** What one email can do to the answer for a whole page. */
    private static final Set<Kind> ONE_EMAILS_FAULT = Set.of(Kind.PROTOCOL, Kind.TOO_LARGE, Kind.INVALID);

    private final Emails emails;

    StructureLoader(Emails emails) {
        this.emails = emails;
    }

    /** The deadline is that of the client's calls, which is no longer than a page's. */
    @Override
    public Loaded load(List<EmailId> ids, Deadline deadline) {
        try {
            return new Loaded(emails.get(ids, FetchLevel.STRUCTURE), List.of());
        } catch (MailException failure) {
            if (!ONE_EMAILS_FAULT.contains(failure.kind())) {
                throw failure;
            }
            return oneByOne(ids);
        }
    }

    private Loaded oneByOne(List<EmailId> ids) {
        List<Email> read = new ArrayList<>();
        List<ParkedEmail> parked = new ArrayList<>();
        for (EmailId id : ids) {
            try {
                read.addAll(emails.get(List.of(id), FetchLevel.STRUCTURE));
            } catch (MailException failure) {
                if (!ONE_EMAILS_FAULT.contains(failure.kind())) {
                    throw failure;
                }
                parked.add(new ParkedEmail(id, failure.kind() + ": " + failure.getMessage()));
            }
        }
        return new Loaded(read, parked);
    }
}
