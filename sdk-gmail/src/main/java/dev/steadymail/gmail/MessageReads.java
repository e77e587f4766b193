package dev.steadymail.gmail;

import dev.steadymail.gmail.json.GmailMessage;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads small messages: a few one by one, more in batches, as round trips are what takes time. Parts of a batch run at the same time
 * at Gmail's, which takes only so many of them from one user, so no more than two batches are under way. Thread-safe.
 */
final class MessageReads implements AutoCloseable {
    /** Up to this many a batch gains nothing over requests side by side. */
    private static final int MOST_SINGLE = 3;

    private static final int BATCHES_AT_ONCE = 2;

    private final GmailMethods methods;
    private final FanOut singles;
    private final FanOut batches = new FanOut(BATCHES_AT_ONCE);
    /** Whether the server turned out to know no batches, as emulators and proxies do. */
    private volatile boolean unbatched;

    MessageReads(GmailMethods methods, FanOut singles) {
        this.methods = methods;
        this.singles = singles;
    }

    /** Returns the messages in the order of their ids; empty where one is gone. */
    List<Optional<GmailMessage>> read(List<EmailId> ids, MessageView view, Call call) {
        if (ids.size() <= MOST_SINGLE || unbatched) {
            return singly(ids, view, call);
        }
        return batches.map(chunks(ids), (List<EmailId> chunk) -> batch(chunk, view, call)).stream()
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void close() {
        batches.close();
    }

    private List<List<EmailId>> chunks(List<EmailId> ids) {
        int most = methods.batchParts();
        List<List<EmailId>> chunks = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += most) {
            chunks.add(ids.subList(from, Math.min(ids.size(), from + most)));
        }
        return chunks;
    }

    private List<Optional<GmailMessage>> batch(List<EmailId> ids, MessageView view, Call call) {
        if (ids.size() == 1 || unbatched) {
            return singly(ids, view, call);
        }
        List<Outcome<GmailMessage>> outcomes;
        try {
            outcomes = methods.getAll(ids.stream().map(EmailId::value).toList(), view, call);
        } catch (MailException refused) {
            if (refused.kind() != Kind.NOT_FOUND) {
                throw refused;
            }
            unbatched = true;
            return singly(ids, view, call);
        }
        return outcomes.stream().map(MessageReads::unlessGone).toList();
    }

    private List<Optional<GmailMessage>> singly(List<EmailId> ids, MessageView view, Call call) {
        return singles.map(ids, (EmailId id) -> unlessGone(single(id, view, call)));
    }

    private Outcome<GmailMessage> single(EmailId id, MessageView view, Call call) {
        try {
            return Outcome.of(methods.get(id.value(), view, call));
        } catch (MailException failure) {
            return Outcome.failed(failure);
        }
    }

    private static Optional<GmailMessage> unlessGone(Outcome<GmailMessage> outcome) {
        MailException failure = outcome.failure();
        return failure != null && failure.kind() == Kind.NOT_FOUND ? Optional.empty() : Optional.of(outcome.get());
    }
}
