package dev.steadymail.server.sync;

import dev.steadymail.MailClient;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.ParkedEmail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads addresses and structure of emails, not their bodies. Where a whole page fails in a way that one email can bring about, its
 * emails are read one by one, and those that fail while others do not are parked. The page, and then each email, may take half of the
 * time left, so that one that hangs leaves some for the others.
 */
final class StructureLoader implements EmailLoader {
    /** An answer that cannot be read, or that never comes: some servers hang, or hang up, over one email. */
    private static final Set<Kind> MAY_BE_ONE_EMAIL =
            Set.of(Kind.PROTOCOL, Kind.TOO_LARGE, Kind.INVALID, Kind.NETWORK, Kind.TIMEOUT, Kind.DEADLINE);

    private static final Set<Kind> IS_ONE_EMAIL = Set.of(Kind.PROTOCOL, Kind.TOO_LARGE, Kind.INVALID);

    private final MailClient client;

    StructureLoader(MailClient client) {
        this.client = client;
    }

    @Override
    public Loaded load(List<EmailId> ids, Call call) {
        try {
            return new Loaded(read(ids, call), List.of());
        } catch (MailException failure) {
            if (!MAY_BE_ONE_EMAIL.contains(failure.kind())) {
                throw failure;
            }
            return oneByOne(ids, call, failure);
        }
    }

    private Loaded oneByOne(List<EmailId> ids, Call call, MailException ofThePage) {
        List<Email> read = new ArrayList<>();
        Map<EmailId, MailException> failed = new LinkedHashMap<>();
        boolean answered = false;
        for (EmailId id : ids) {
            if (call.deadline().hasPassed()) {
                throw ofThePage;
            }
            try {
                read.addAll(read(List.of(id), call));
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

    private List<Email> read(List<EmailId> ids, Call call) {
        Call part = call.within(call.deadline().remaining().dividedBy(2));
        return client.with(part).emails().get(ids, FetchLevel.STRUCTURE);
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
