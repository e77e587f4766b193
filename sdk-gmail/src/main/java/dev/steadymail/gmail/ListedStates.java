package dev.steadymail.gmail;

import com.google.api.services.gmail.model.Label;
import dev.steadymail.gmail.json.IdPage;
import dev.steadymail.gmail.json.IdPage.Listed;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.StateLists;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The labels of every message, by one list of all messages and one of each label: 500 messages for the price of a list. All messages
 * come first, so that one that arrives meanwhile, whose labels may be half listed, is not taken for known. What is kept of a list is
 * how far it came, so that one interrupted goes on.
 */
final class ListedStates implements StateLists.Listed {
    private final GmailMethods methods;
    private final FanOut fanOut;
    private final LabelTable table = new LabelTable();
    private final ReentrantLock listing = new ReentrantLock();
    // Guarded by the lock.
    private final Source everything = new Source(Listing.EVERYTHING);
    private final Map<String, Source> byLabel = new HashMap<>();
    private @Nullable List<String> labels;
    private volatile boolean complete;

    ListedStates(GmailMethods methods, FanOut fanOut) {
        this.methods = methods;
        this.fanOut = fanOut;
    }

    @Override
    public void complete(Call call) {
        if (complete) {
            return;
        }
        lock(call);
        try {
            listAll(call);
            complete = true;
        } finally {
            listing.unlock();
        }
    }

    private void listAll(Call call) {
        everything.readAll(call, this::addAll);
        List<String> known = labels == null ? labelIds(methods.labels(call)) : labels;
        labels = known;
        known.forEach(label -> byLabel.computeIfAbsent(label, id -> new Source(Listing.of(id))));
        List<Boolean> unused = fanOut.map(known, label -> {
            readLabel(label, call);
            return true;
        });
    }

    private static List<String> labelIds(List<Label> labels) {
        List<String> ids = new ArrayList<>();
        labels.stream()
                .map(Label::getId)
                .filter(id -> id != null && !id.isBlank())
                .forEach(ids::add);
        return ids;
    }

    /** A label that was removed meanwhile bears no message any more. */
    private void readLabel(String label, Call call) {
        Source source = byLabel.get(label);
        if (source == null) {
            return;
        }
        int number = table.number(label);
        try {
            source.readAll(call, messages -> messages.forEach(message -> table.label(message.id(), number)));
        } catch (MailException failure) {
            if (!FullListing.isRefused(failure)
                    || labelIds(methods.labels(call)).contains(label)) {
                throw failure;
            }
        }
    }

    private void addAll(List<Listed> messages) {
        for (Listed message : messages) {
            if (!table.add(message.id(), message.threadId())) {
                throw MailException.of(
                        Kind.TOO_LARGE, "the mailbox has more than " + LabelTable.MOST + " messages to keep labels of");
            }
        }
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    public Optional<Email> find(EmailId id, Instant receivedAt, long size) {
        int at = complete ? table.find(id.value()) : -1;
        if (at < 0) {
            return Optional.empty();
        }
        List<String> borne = table.labels(at);
        return Optional.of(Email.state(
                id,
                new ThreadId(table.thread(at)),
                Labels.mailboxIds(borne),
                Labels.keywords(borne),
                receivedAt,
                size));
    }

    private void lock(Call call) {
        try {
            if (!listing.tryLock(call.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw MailException.of(Kind.DEADLINE, "labels were not listed by the call's deadline");
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "the calling thread was interrupted", interrupt);
        }
    }

    /** One list, and how far it was read. Where a call failed, its other threads may still be ending a request when the next one begins. */
    private final class Source {
        private final Listing listing;
        private @Nullable String token;
        private boolean done;

        Source(Listing listing) {
            this.listing = listing;
        }

        synchronized void readAll(Call call, Page page) {
            while (!done) {
                IdPage answer = next(call);
                page.of(answer.messages());
                token = answer.nextPageToken();
                done = token == null;
            }
        }

        /** A page token that is refused begins its list again; what was noted is noted once more. */
        private IdPage next(Call call) {
            try {
                return methods.list(listing, token, GmailMethods.MAX_PAGE, call);
            } catch (MailException failure) {
                if (token == null || !FullListing.isRefused(failure)) {
                    throw failure;
                }
                token = null;
                return methods.list(listing, null, GmailMethods.MAX_PAGE, call);
            }
        }
    }

    @FunctionalInterface
    private interface Page {
        void of(List<Listed> messages);
    }
}
