package dev.steadymail.testkit.memory;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.query.EmailFilter;
import dev.steadymail.query.EmailQuery.TextMatch;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Decides which emails a query asks for; texts are compared without case. */
final class Matching implements Predicate<StoredEmail> {
    private final EmailFilter filter;

    Matching(EmailFilter filter) {
        if (filter.raw() != null) {
            throw MailException.of(
                    Kind.UNSUPPORTED,
                    "an in-memory account has no query language of its own; use the other conditions");
        }
        this.filter = filter;
    }

    @Override
    public boolean test(StoredEmail email) {
        MailboxId mailbox = filter.mailbox();
        return (mailbox == null || email.mailboxIds().contains(mailbox))
                && email.keywords().containsAll(filter.having())
                && filter.without().stream().noneMatch(email.keywords()::contains)
                && inTime(email)
                && filter.texts().stream().allMatch(match -> holds(email.message(), match));
    }

    private boolean inTime(StoredEmail email) {
        return (filter.since() == null || !email.receivedAt().isBefore(filter.since()))
                && (filter.before() == null || email.receivedAt().isBefore(filter.before()));
    }

    private static boolean holds(ParsedMessage message, TextMatch match) {
        Envelope envelope = message.envelope();
        return switch (match.field()) {
            case FROM -> holds(envelope.from(), match);
            case TO -> holds(envelope.to(), match);
            case CC -> holds(envelope.cc(), match);
            case BCC -> holds(envelope.bcc(), match);
            case SUBJECT -> holds(envelope.subject(), match);
            case BODY -> holds(message.bodyText(), match);
            case ANYWHERE -> holds(message.headerText() + "\n" + message.bodyText(), match);
            case MESSAGE_ID -> match.text().equals(envelope.messageId());
        };
    }

    private static boolean holds(List<EmailAddress> addresses, TextMatch match) {
        return holds(addresses.stream().map(EmailAddress::display).collect(Collectors.joining("\n")), match);
    }

    private static boolean holds(String text, TextMatch match) {
        return text.toLowerCase(Locale.ROOT).contains(match.text().toLowerCase(Locale.ROOT));
    }
}
