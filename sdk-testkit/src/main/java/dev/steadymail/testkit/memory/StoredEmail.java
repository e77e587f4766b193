package dev.steadymail.testkit.memory;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.ThreadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One email on the in-memory server.
 *
 * @param serial order of arrival, never used twice
 * @param ids its ids so far, the present one last
 * @param touchedAt the count of changes when it last changed
 */
record StoredEmail(
        long serial,
        List<EmailId> ids,
        Set<MailboxId> mailboxIds,
        Set<Keyword> keywords,
        Instant receivedAt,
        ParsedMessage message,
        @Nullable ThreadId threadId,
        long touchedAt) {
    StoredEmail {
        ids = List.copyOf(ids);
        mailboxIds = Set.copyOf(mailboxIds);
        keywords = Set.copyOf(keywords);
    }

    EmailId id() {
        return ids.get(ids.size() - 1);
    }

    StoredEmail withState(Set<MailboxId> mailboxIds, Set<Keyword> keywords, long touchedAt) {
        return new StoredEmail(serial, ids, mailboxIds, keywords, receivedAt, message, threadId, touchedAt);
    }

    StoredEmail withId(EmailId id) {
        List<EmailId> more = new ArrayList<>(ids);
        more.add(id);
        return new StoredEmail(serial, more, mailboxIds, keywords, receivedAt, message, threadId, touchedAt);
    }

    boolean hasMessageId(String messageId) {
        return messageId.equals(message.envelope().messageId());
    }

    Email at(FetchLevel level) {
        return new Email(
                id(),
                threadId,
                null,
                mailboxIds,
                keywords,
                receivedAt,
                message.raw().length,
                level == FetchLevel.STATE ? null : message.envelope(),
                level == FetchLevel.STRUCTURE ? message.body() : null);
    }
}
