package dev.steadymail.gmail;

import dev.steadymail.gmail.json.GmailMessage;
import dev.steadymail.gmail.json.Octets;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.RawVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads exact octets. A message is decoded while it comes and held once, in pieces. Thread-safe.
 */
final class RawMessages {
    /** Failures of one message alone; the others can go on. */
    private static final Set<Kind> OF_ONE = Set.of(Kind.INVALID, Kind.TOO_LARGE, Kind.PROTOCOL);

    private final GmailMethods methods;
    private final FanOut fanOut;

    RawMessages(GmailMethods methods, FanOut fanOut) {
        this.methods = methods;
        this.fanOut = fanOut;
    }

    InputStream open(EmailId id, Call call) {
        return raw(methods.get(id.value(), MessageView.RAW, call)).open();
    }

    void read(List<EmailId> ids, RawVisitor visitor, Call call) {
        fanOut.<EmailId, Optional<Fetched>>forEach(
                ids, id -> fetch(id, call), fetched -> fetched.ifPresent(message -> message.tell(visitor)));
    }

    private Optional<Fetched> fetch(EmailId id, Call call) {
        try {
            GmailMessage message = methods.get(id.value(), MessageView.RAW, call);
            Octets raw = raw(message);
            Email email = EmailMapper.state(id, message, raw.size());
            return Optional.of(visitor -> visitor.message(email, raw.open()));
        } catch (MailException failure) {
            if (failure.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            if (OF_ONE.contains(failure.kind())) {
                return Optional.of(visitor -> visitor.unreadable(id, failure));
            }
            throw failure;
        }
    }

    private static Octets raw(GmailMessage message) {
        Octets raw = message.raw();
        if (raw == null) {
            throw MailException.of(Kind.PROTOCOL, "messages.get brought no raw content");
        }
        return raw;
    }

    /** What came of one id. */
    @FunctionalInterface
    private interface Fetched {
        void to(RawVisitor visitor) throws IOException;

        default void tell(RawVisitor visitor) {
            try {
                to(visitor);
            } catch (IOException notStored) {
                throw MailException.of(Kind.STORAGE, "a raw message could not be stored", notStored);
            }
        }
    }
}
