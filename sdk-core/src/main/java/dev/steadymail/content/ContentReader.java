package dev.steadymail.content;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.RawVisitor;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Brings contents from the provider to the sink, each whole or not at all. A content whose length is not what the server told is read a
 * second time; if that is no better, it fails with kind PROTOCOL. Used by one thread.
 */
final class ContentReader {
    private final MailProvider provider;
    private final Reading reading;
    private final Executor threads;
    private final int parallel;
    private final CarefulSink sink;
    private final Tally tally;

    ContentReader(
            MailProvider provider, Reading reading, Executor threads, int parallel, CarefulSink sink, Tally tally) {
        this.provider = provider;
        this.reading = reading;
        this.threads = threads;
        this.parallel = parallel;
        this.sink = sink;
        this.tally = tally;
    }

    /** Returns emails with their structures; those that are gone are left out. */
    List<Email> structures(List<EmailId> emails) {
        return reading.call("content.structure", 0, call -> provider.get(emails, FetchLevel.STRUCTURE, call));
    }

    /** Keeps those of an email's parts that are not held yet, and then notes the email as complete. */
    void parts(EmailId email, List<BodyPart> parts, Wanted wanted) {
        for (BodyPart part : parts) {
            part(email, part);
        }
        complete(email, wanted);
    }

    /** Keeps a part unless it is held. */
    void part(EmailId email, BodyPart part) {
        if (sink.holds(email, part.partId())) {
            return;
        }
        twice(() -> {
            if (provider.servesRanges()) {
                ranged(email, part.partId(), encoding -> new Content(email, part, encoding));
            } else {
                streamed(email, part);
            }
        });
    }

    /** Keeps a whole message range by range; the provider serves ranges. */
    void largeMessage(EmailId email) {
        twice(() -> ranged(email, "", encoding -> Content.whole(email)));
        complete(email, Wanted.MESSAGE);
    }

    /**
     * Keeps whole messages, many read with one call; repeats only what did not come.
     *
     * @param octets how many all of them have, about
     */
    void messages(MessageBatch batch, long octets) {
        visit(batch, octets);
        List<EmailId> again = batch.failures().entrySet().stream()
                .filter(failure -> failure.getValue().kind() == Kind.PROTOCOL)
                .map(failure -> failure.getKey())
                .toList();
        if (!again.isEmpty()) {
            secondTime(batch, again, octets);
        }
    }

    /** What the second time tells nothing of keeps its first failure where that time broke, and is gone where it ended well. */
    private void secondTime(MessageBatch batch, List<EmailId> again, long octets) {
        Map<EmailId, MailException> first = new HashMap<>(batch.failures());
        again.forEach(batch.failures()::remove);
        MessageBatch second = new MessageBatch(again);
        try {
            visit(second, octets);
            second.left().forEach(batch::leave);
        } catch (MailException broken) {
            second.left().forEach(id -> batch.failed(id, first.getOrDefault(id, broken)));
            throw broken;
        } finally {
            batch.failures().putAll(second.failures());
        }
    }

    private void visit(MessageBatch batch, long octets) {
        boolean unused = reading.call("content.raw", octets, call -> {
            List<EmailId> left = batch.left();
            if (!left.isEmpty()) {
                provider.raw(left, new Keeping(batch), call);
            }
            return true;
        });
    }

    private void ranged(EmailId email, String partId, Function<String, Content> content) {
        RangedStream.Source ranges = (from, length) ->
                reading.call("content.range", length, call -> provider.range(email, partId, from, length, call));
        RangedStream octets = new RangedStream(ranges, parallel, threads);
        String encoding = octets.encoding();
        CheckedStream decoded = new CheckedStream(TransferEncoding.decode(encoding, octets), -1);
        write(content.apply(TransferEncoding.left(encoding)), decoded);
    }

    private void streamed(EmailId email, BodyPart part) {
        InputStream octets = reading.call(
                "content.part", Math.max(0, part.size()), call -> provider.attachment(email, part.partId(), call));
        write(new Content(email, part, ""), new CheckedStream(octets, part.size()));
    }

    private void write(Content content, CheckedStream octets) {
        sink.write(content, octets);
        tally.wrote(octets.count());
    }

    private void complete(EmailId email, Wanted wanted) {
        sink.completed(email, wanted);
        tally.stored();
    }

    private static void twice(Runnable work) {
        try {
            work.run();
        } catch (MailException first) {
            if (first.kind() != Kind.PROTOCOL) {
                throw first;
            }
            work.run();
        }
    }

    /** Keeps messages as they come, each once, however often the call is repeated. */
    private final class Keeping implements RawVisitor {
        private final MessageBatch batch;

        Keeping(MessageBatch batch) {
            this.batch = batch;
        }

        /** What fails is about this message alone, unless nobody wants the others any more. */
        @Override
        public void message(Email email, InputStream octets) {
            if (!batch.take(email.id())) {
                return;
            }
            try {
                write(Content.whole(email.id()), new CheckedStream(octets, email.size()));
                complete(email.id(), Wanted.MESSAGE);
            } catch (MailException failure) {
                if (failure.kind() == Kind.CANCELLED) {
                    throw failure;
                }
                batch.failed(email.id(), failure);
            }
        }

        @Override
        public void unreadable(EmailId id, MailException reason) {
            if (batch.take(id)) {
                batch.failed(id, reason);
            }
        }
    }
}
