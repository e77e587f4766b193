package dev.steadymail.cache;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Estimates in characters how large things are; what is shared is counted each time. */
final class Weights {
    private static final int PER_OBJECT = 30;

    private Weights() {}

    static int of(Envelope envelope) {
        return PER_OBJECT
                + envelope.subject().length()
                + of(envelope.from())
                + of(envelope.sender())
                + of(envelope.replyTo())
                + of(envelope.to())
                + of(envelope.cc())
                + of(envelope.bcc())
                + of(envelope.messageId())
                + of(envelope.inReplyTo())
                + of(envelope.references());
    }

    private static int of(List<EmailAddress> addresses) {
        return addresses.stream()
                .mapToInt(address ->
                        PER_OBJECT + of(address.name()) + address.address().length())
                .sum();
    }

    static int of(BodyPart root) {
        return root.walk()
                .mapToInt(part -> 3 * PER_OBJECT + part.type().length() + of(part.fileName()))
                .sum();
    }

    private static int of(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
