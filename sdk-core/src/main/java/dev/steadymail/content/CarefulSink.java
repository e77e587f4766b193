package dev.steadymail.content;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.sync.ParkedEmail;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application's sink, whose failures all come as kind STORAGE. As thread-safe as that. */
final class CarefulSink {
    private static final Logger LOG = LoggerFactory.getLogger(CarefulSink.class);

    private final ContentSink sink;

    CarefulSink(ContentSink sink) {
        this.sink = sink;
    }

    Set<EmailId> complete(Collection<EmailId> emails, Wanted wanted) {
        return ask(() -> sink.complete(emails, wanted));
    }

    boolean holds(EmailId email, String partId) {
        return ask(() -> sink.holds(email, partId));
    }

    void completed(EmailId email, Wanted wanted) {
        boolean unused = ask(() -> {
            sink.completed(email, wanted);
            return true;
        });
    }

    /** Tells of a parked email; it is parked whatever the sink makes of it. */
    void parked(ParkedEmail email) {
        try {
            sink.parked(email);
        } catch (RuntimeException failure) {
            if (failure instanceof MailException ours && ours.kind() == Kind.CANCELLED) {
                throw failure;
            }
            LOG.warn(
                    "the sink failed with {} when it was told of a parked email; the run goes on",
                    failure.getClass().getName());
        }
    }

    /**
     * Writes a content and closes its octets.
     *
     * @throws MailException why the octets failed, where they did, which says more than what the sink made of it; else of kind STORAGE
     */
    void write(Content content, CheckedStream octets) {
        try (octets) {
            sink.write(content, octets);
            octets.requireEnd();
        } catch (IOException | RuntimeException failure) {
            MailException reason = octets.failure();
            throw reason == null ? storage(failure) : reason;
        }
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException | RuntimeException failure) {
            throw storage(failure);
        }
    }

    /** Keeps the cause, and its words out of the message: they may be a path, or what was to be kept. */
    private static MailException storage(Exception failure) {
        if (failure instanceof MailException ours && (ours.kind() == Kind.STORAGE || ours.kind() == Kind.CANCELLED)) {
            return ours;
        }
        return MailException.of(
                Kind.STORAGE,
                "the sink failed with " + failure.getClass().getSimpleName() + "; see the cause, and check its storage",
                failure);
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException;
    }
}
