package dev.steadymail.content;

import dev.steadymail.content.Candidates.Seen;
import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.MailProvider;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One run over emails that are given page by page. What is small is read whole, many messages with one call; of the others the structure
 * is asked for first, many with one call, and then only wanted parts are read. What fails is parked, until too many fail in a row.
 * Used by one thread.
 */
final class ContentRun {
    /** A message from here on is read range by range where that is possible. */
    private static final long LARGE = RangedStream.RANGE;

    private static final int MOST_MESSAGES = 25;
    private static final long MOST_OCTETS = 1 << 20;
    private static final int MOST_STRUCTURES = 50;
    private static final int MOST_FAILURES = 3;

    /** Failures that the next email would meet as well. */
    private static final Set<Kind> OF_ALL = EnumSet.of(
            Kind.CANCELLED,
            Kind.AUTH,
            Kind.REAUTH_REQUIRED,
            Kind.FORBIDDEN,
            Kind.THROTTLED,
            Kind.CONCURRENCY,
            Kind.CIRCUIT_OPEN,
            Kind.QUEUE_FULL);
    /** Failures that say nothing about any other email. */
    private static final Set<Kind> OF_ONE = EnumSet.of(Kind.PROTOCOL, Kind.TOO_LARGE, Kind.INVALID);

    private final MailProvider provider;
    private final ContentReader reader;
    private final CarefulSink sink;
    private final Tally tally;
    private final Wanted wanted;
    private final long wholeUpTo;
    private final Consumer<ContentReport> progress;
    private int failuresInARow;

    ContentRun(
            MailProvider provider,
            ContentReader reader,
            CarefulSink sink,
            Tally tally,
            ContentOptions options,
            Consumer<ContentReport> progress) {
        this.provider = provider;
        this.reader = reader;
        this.sink = sink;
        this.tally = tally;
        this.wanted = options.wanted();
        this.wholeUpTo = options.wholeUpTo() < 0 ? provider.wholeUpTo() : options.wholeUpTo();
        this.progress = progress;
    }

    /** Reads what is wanted of some emails, as far as it is not held. */
    void read(List<Seen> page) {
        Set<EmailId> complete = sink.complete(page.stream().map(Seen::id).toList(), wanted);
        List<Seen> whole = new ArrayList<>();
        List<EmailId> structured = new ArrayList<>();
        int held = 0;
        for (Seen email : page) {
            if (complete.contains(email.id())) {
                held++;
            } else if (wanted.message() || (email.size() > 0 && email.size() <= wholeUpTo)) {
                whole.add(email);
            } else {
                structured.add(email.id());
            }
        }
        tally.held(held);
        whole(whole);
        for (int from = 0; from < structured.size(); from += MOST_STRUCTURES) {
            structured(structured.subList(from, Math.min(structured.size(), from + MOST_STRUCTURES)));
        }
        progress.accept(tally.report());
    }

    private void structured(List<EmailId> ids) {
        Set<EmailId> gone = new HashSet<>(ids);
        for (Email email : structures(ids, gone)) {
            gone.remove(email.id());
            BodyPart root = email.body();
            List<BodyPart> parts = root == null ? List.of() : wanted.of(root);
            if (root == null || isBetterWhole(email, parts)) {
                whole(List.of(Seen.of(email)));
            } else {
                attempt(email.id(), () -> reader.parts(email.id(), parts, wanted));
            }
            progress.accept(tally.report());
        }
        gone.forEach(id -> tally.gone());
    }

    /**
     * One email that spoils the answer for all is found by asking for each alone.
     *
     * @param unanswered loses those that fail, which are counted here
     */
    private List<Email> structures(List<EmailId> ids, Set<EmailId> unanswered) {
        try {
            return reader.structures(ids);
        } catch (MailException failure) {
            if (!OF_ONE.contains(failure.kind())) {
                throw failure;
            }
        }
        List<Email> each = new ArrayList<>();
        Set<EmailId> asked = new HashSet<>();
        for (EmailId id : ids) {
            attempt(id, () -> {
                each.addAll(reader.structures(List.of(id)));
                asked.add(id);
            });
        }
        unanswered.retainAll(asked);
        return each;
    }

    /**
     * Where parts cannot be read in ranges they cost a request each and more, and come decoded: three quarters of what they take in the
     * message, mostly.
     */
    private boolean isBetterWhole(Email email, List<BodyPart> parts) {
        long octets = parts.stream().mapToLong(part -> Math.max(0, part.size())).sum();
        return wholeUpTo > 0
                && !provider.servesRanges()
                && !parts.isEmpty()
                && email.size() - octets / 3 * 4 <= wholeUpTo;
    }

    private void whole(List<Seen> emails) {
        Map<EmailId, Long> batch = new LinkedHashMap<>();
        long octets = 0;
        for (Seen email : emails) {
            if (provider.servesRanges() && email.size() > LARGE) {
                attempt(email.id(), () -> reader.largeMessage(email.id()));
                progress.accept(tally.report());
                continue;
            }
            if (!batch.isEmpty() && (batch.size() == MOST_MESSAGES || octets + email.size() > MOST_OCTETS)) {
                batch(batch, octets);
                batch = new LinkedHashMap<>();
                octets = 0;
            }
            batch.put(email.id(), email.size());
            octets += email.size();
        }
        batch(batch, octets);
    }

    private void batch(Map<EmailId, Long> sizes, long octets) {
        if (sizes.isEmpty()) {
            return;
        }
        requireWanted();
        MessageBatch batch = new MessageBatch(sizes.keySet());
        MailException broken = null;
        try {
            reader.messages(batch, octets);
        } catch (MailException failure) {
            broken = failure;
        }
        settle(batch, sizes.size());
        if (broken == null) {
            batch.left().forEach(id -> tally.gone());
        } else if (sizes.size() == 1 || OF_ALL.contains(broken.kind())) {
            failed(batch.left(), broken);
        } else {
            // Which of them it was is found by asking for each alone.
            batch.left().forEach(id -> {
                long size = sizes.getOrDefault(id, 0L);
                batch(Map.of(id, size), size);
            });
        }
        progress.accept(tally.report());
    }

    /** Where some messages were kept, the failures of others are not in a row. */
    private void settle(MessageBatch batch, int asked) {
        boolean someKept = asked > batch.failures().size() + batch.left().size();
        batch.failures().forEach((id, failure) -> {
            if (someKept) {
                failuresInARow = 0;
            }
            failed(List.of(id), failure);
        });
        if (someKept) {
            failuresInARow = 0;
        }
    }

    private void attempt(EmailId email, Runnable work) {
        requireWanted();
        try {
            work.run();
            failuresInARow = 0;
        } catch (MailException failure) {
            failed(List.of(email), failure);
        }
    }

    /** Not every call notices an interruption: some do not wait. */
    private static void requireWanted() {
        if (Thread.currentThread().isInterrupted()) {
            throw MailException.of(Kind.CANCELLED, "the calling thread was interrupted");
        }
    }

    /** Parks what failed, or ends the run where it makes no sense to go on. */
    private void failed(List<EmailId> emails, MailException failure) {
        if (OF_ALL.contains(failure.kind())) {
            throw failure;
        }
        for (EmailId email : emails) {
            if (failure.kind() == Kind.NOT_FOUND) {
                tally.gone();
            } else {
                sink.parked(tally.parked(email, failure));
            }
        }
        boolean counts = failure.kind() != Kind.NOT_FOUND && !OF_ONE.contains(failure.kind());
        failuresInARow = counts ? failuresInARow + 1 : failuresInARow;
        if (failuresInARow >= MOST_FAILURES) {
            throw failure;
        }
    }
}
