package dev.steadymail.cache.codec;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Emails as servers tell them. */
final class Samples {
    private Samples() {}

    /** Returns an answer whose senders and places to answer the server made up from its author. */
    static Email dovecot() {
        List<EmailAddress> ada = List.of(new EmailAddress("Ada Lovelace", "ada@example.com"));
        Envelope envelope = new Envelope(
                "Re: Notes on the engine",
                ada,
                ada,
                ada,
                List.of(
                        new EmailAddress("Charles Babbage", "charles@example.org"),
                        new EmailAddress(null, "list@example.net")),
                List.of(),
                List.of(),
                "<20251130.1844@mail.example.com>",
                "<20251129.0912@mail.example.org>",
                "<20251128.0001@mail.example.org> <20251129.0912@mail.example.org>",
                Instant.parse("2025-11-30T18:44:05Z"));
        return new Email(
                new EmailId("1700000000.4711.INBOX"),
                null,
                null,
                Set.of(),
                Set.of(),
                Instant.parse("2025-11-30T18:44:09Z"),
                4_711,
                envelope,
                null);
    }

    static Envelope envelope(Email email) {
        return Objects.requireNonNull(email.envelope());
    }
}
