package dev.steadymail.gmail;

import dev.steadymail.event.Telemetry;
import dev.steadymail.gmail.json.GmailMessage;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads small messages: a few one by one, more in batches, as round trips are what takes time. Parts of a batch run at the same time
 * at Gmail's, which takes only so many of them from one user, so no more than two batches are under way. Thread-safe.
 */
final class MessageReads implements AutoCloseable {
    /** Up to this many a batch gains nothing over requests side by side. */
    private static final int MOST_SINGLE = 3;

    private static final List<Integer> TOGETHER = List.of(1, 2);

    private final GmailMethods methods;
    private final FanOut singles;
    private final FanOut batches;
    /** Whether the server turned out to know no batches, as emulators and proxies do. */
    private volatile boolean unbatched;

    MessageReads(GmailMethods methods, FanOut singles, Telemetry telemetry) {
        this.methods = methods;
        this.singles = singles;
        this.batches = new FanOut(TOGETHER.size(), telemetry);
    }

    /** Returns the messages in the order of their ids; empty where one is gone. */
    List<Optional<GmailMessage>> read(List<EmailId> ids, MessageView view, Call call) {
        if (ids.size() <= MOST_SINGLE || unbatched) {
            return singly(ids, view, call);
        }
        Batches all = new Batches(ids, view, call);
        var unused = batches.map(TOGETHER, (Integer number) -> all.read());
        return all.messages();
    }

    @Override
    public void close() {
        batches.close();
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
        List<Optional<GmailMessage>> messages = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            messages.add(unlessGone(readable(ids.get(i), outcomes.get(i), view, call)));
        }
        return messages;
    }

    private List<Optional<GmailMessage>> singly(List<EmailId> ids, MessageView view, Call call) {
        return singles.map(ids, (EmailId id) -> unlessGone(readable(id, single(id, view, call), view, call)));
    }

    /** One message that somebody nested without end must not keep its page from being read. */
    private Outcome<GmailMessage> readable(EmailId id, Outcome<GmailMessage> outcome, MessageView view, Call call) {
        MailException failure = outcome.failure();
        return failure != null && failure.kind() == Kind.TOO_LARGE && view.equals(MessageView.STRUCTURE)
                ? single(id, MessageView.OUTERMOST, call)
                : outcome;
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

    /** Ids that are read batch after batch, each of them as large as is good by then. Thread-safe. */
    private final class Batches {
        private final List<EmailId> ids;
        private final MessageView view;
        private final Call call;
        /** By the position of the first id. Guarded by this object. */
        private final Map<Integer, List<Optional<GmailMessage>>> done = new TreeMap<>();

        private int next;

        Batches(List<EmailId> ids, MessageView view, Call call) {
            this.ids = ids;
            this.view = view;
            this.call = call;
        }

        /** Reads until nothing is left; a failure leaves nothing to the others. */
        boolean read() {
            int most = methods.batchParts();
            for (int from = claim(most); from < ids.size(); from = claim(most)) {
                List<Optional<GmailMessage>> messages;
                try {
                    messages = batch(ids.subList(from, Math.min(ids.size(), from + most)), view, call);
                } catch (MailException failure) {
                    claim(ids.size());
                    throw failure;
                }
                keep(from, messages);
                most = methods.batchParts();
            }
            return true;
        }

        private synchronized int claim(int count) {
            int from = Math.min(next, ids.size());
            next = from + count;
            return from;
        }

        private synchronized void keep(int from, List<Optional<GmailMessage>> messages) {
            done.put(from, messages);
        }

        synchronized List<Optional<GmailMessage>> messages() {
            return done.values().stream().flatMap(List::stream).toList();
        }
    }
}
