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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads addresses and structure of emails, not their bodies. Where a whole page fails in a way that one email can bring about, its
 * emails are read one by one, and those that fail while others do not are parked.
 */
final class StructureLoader implements EmailLoader {
    /** An answer that cannot be read, or that never comes: some servers hang, or hang up, over one email. */
    private static final Set<Kind> MAY_BE_ONE_EMAIL =
            Set.of(Kind.PROTOCOL, Kind.TOO_LARGE, Kind.INVALID, Kind.NETWORK, Kind.TIMEOUT, Kind.DEADLINE);

    private static final Set<Kind> IS_ONE_EMAIL = Set.of(Kind.PROTOCOL, Kind.TOO_LARGE, Kind.INVALID);

    private final Emails emails;

    StructureLoader(Emails emails) {
        this.emails = emails;
    }

    @Override
    public Loaded load(List<EmailId> ids, Deadline deadline) {
        try {
            return new Loaded(emails.get(ids, FetchLevel.STRUCTURE), List.of());
        } catch (MailException failure) {
            if (!MAY_BE_ONE_EMAIL.contains(failure.kind())) {
                throw failure;
            }
            return oneByOne(ids, deadline, failure);
        }
    }

    private Loaded oneByOne(List<EmailId> ids, Deadline deadline, MailException ofThePage) {
        List<Email> read = new ArrayList<>();
        Map<EmailId, MailException> failed = new LinkedHashMap<>();
        boolean answered = false;
        for (EmailId id : ids) {
            if (deadline.hasPassed()) {
                throw ofThePage;
            }
            try {
                read.addAll(emails.get(List.of(id), FetchLevel.STRUCTURE));
                answered = true;
            } catch (MailException failure) {
                if (!MAY_BE_ONE_EMAIL.contains(failure.kind())) {
                    throw failure;
                }
                failed.put(id, failure);
            }
        }
        return new Loaded(read, parked(failed, answered));
    }

    /** Where nothing came at all, the server is away, and no email is to blame. */
    private static List<ParkedEmail> parked(Map<EmailId, MailException> failed, boolean answered) {
        List<ParkedEmail> parked = new ArrayList<>();
        failed.forEach((id, failure) -> {
            if (!answered && !IS_ONE_EMAIL.contains(failure.kind())) {
                throw failure;
            }
            parked.add(new ParkedEmail(id, failure.kind() + ": " + failure.getMessage()));
        });
        return parked;
    }
}
