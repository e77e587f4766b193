package dev.steadymail.send;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.query.EmailQuery.TextField;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks whether a message that left without an answer is among the sent mail: by its Message-ID, and since Gmail may put another one in
 * its place, among the newest by what else is ours alone: subject, recipients and the Date field, to the second. Thread-safe.
 */
final class SentLookup {
    private static final int NEWEST = 25;
    private static final int MOST_ALIKE = 10;
    private static final int MOST_ENTRIES = 10_000;
    /** The server's clock may be another one. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private final MailProvider provider;
    private final OutboxStore store;

    SentLookup(MailProvider provider, OutboxStore store) {
        this.provider = provider;
        this.store = store;
    }

    /** Returns the sent message; empty where it is not there now, which does not say that it was not sent. */
    Optional<Email> find(OutboxEntry entry, Call call) {
        EmailQuery sent = sent(call);
        EmailQuery byId = sent.matching(
                        TextField.MESSAGE_ID, "<" + entry.message().messageId() + ">")
                .limit(MOST_ALIKE)
                .fetch(FetchLevel.METADATA);
        Optional<Email> exact = provider.query(byId, null, call).emails().stream()
                .filter(email -> hasId(email, entry.message().messageId()) && !isDraft(email))
                .findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        return entry.message().date() == null || entry.leftAt() == null
                ? Optional.empty()
                : newest(sent, entry.leftAt(), call).stream()
                        .filter(email -> isSame(email, entry.message()) && !isDraft(email) && !isAnothers(email))
                        .findFirst();
    }

    /** IMAP finds longer ids, too, that this one is part of. */
    private static boolean hasId(Email email, String messageId) {
        Envelope envelope = email.envelope();
        return envelope != null && ("<" + messageId + ">").equals(envelope.messageId());
    }

    /** Without a mailbox for sent mail it is looked for everywhere, where a draft of it may be. */
    private static boolean isDraft(Email email) {
        return email.keywords().contains(Keyword.DRAFT);
    }

    /** Two messages may have the same subject and recipients in the same second. */
    private boolean isAnothers(Email email) {
        return store.list(MOST_ENTRIES).stream()
                .anyMatch(other -> email.id().equals(other.emailId())
                        || hasId(email, other.message().messageId()));
    }

    private EmailQuery sent(Call call) {
        Optional<MailboxId> sent = provider.mailboxes(call).stream()
                .filter(mailbox -> mailbox.role() == Role.SENT)
                .map(mailbox -> mailbox.id())
                .findFirst();
        return sent.map(EmailQuery::in).orElseGet(EmailQuery::everywhere).newestFirst();
    }

    private List<Email> newest(EmailQuery sent, Instant leftAt, Call call) {
        EmailQuery query =
                sent.receivedSince(leftAt.minus(CLOCKS)).limit(NEWEST).fetch(FetchLevel.METADATA);
        return provider.query(query, null, call).emails();
    }

    private static boolean isSame(Email email, OutboxMessage message) {
        Envelope envelope = email.envelope();
        return envelope != null
                && message.date() != null
                && envelope.sentAt() != null
                && envelope.sentAt().equals(message.date().truncatedTo(ChronoUnit.SECONDS))
                && envelope.subject().strip().equals(message.subject().strip())
                && told(envelope).equals(lower(message.recipients().stream()));
    }

    /** Sent mail usually shows Bcc to its sender. */
    private static Set<String> told(Envelope envelope) {
        return lower(Stream.of(envelope.to(), envelope.cc(), envelope.bcc())
                .flatMap(List::stream)
                .map(EmailAddress::address));
    }

    private static Set<String> lower(Stream<String> addresses) {
        return addresses.map(address -> address.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }
}
