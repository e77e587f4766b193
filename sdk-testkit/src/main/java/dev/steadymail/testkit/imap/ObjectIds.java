package dev.steadymail.testkit.imap;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gives emails their ids (RFC 8474). Threads are made when one is first asked for, in the order in which the emails came, so that
 * accounts whose clients never ask pay nothing. Guarded by the lock of the {@link AccountStore}.
 */
final class ObjectIds {

    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]+>");

    private final Collection<ServerMailbox> mailboxes;
    private final Map<String, String> threadsByMessageId = new HashMap<>();
    private long emails;

    /**
     * @param mailboxes a view of all mailboxes of the account
     */
    ObjectIds(Collection<ServerMailbox> mailboxes) {
        this.mailboxes = mailboxes;
    }

    MessageContent newEmail(byte[] bytes) {
        return new MessageContent(this, ++emails, bytes);
    }

    String threadOf(MessageContent email) {
        Stream<MessageContent> filed = mailboxes.stream()
                .flatMap(mailbox -> mailbox.messages().stream())
                .map(ServerMessage::content);
        Stream.concat(filed, Stream.of(email))
                .filter(each -> !each.hasThread())
                .distinct()
                .sorted(Comparator.comparingLong(MessageContent::number))
                .forEach(this::file);
        return email.threadId();
    }

    /** An email belongs to the thread of the first email it is related to, else it begins one. */
    private void file(MessageContent email) {
        Set<String> related = relatedMessageIds(email.structure().fields());
        String thread = related.stream()
                .filter(threadsByMessageId::containsKey)
                .findFirst()
                .map(threadsByMessageId::get)
                .orElse("T" + email.number());
        related.forEach(id -> threadsByMessageId.putIfAbsent(id, thread));
        email.thread(thread);
    }

    /** Fields of RFC 5322 section 3.6.4, oldest relation first. */
    private static Set<String> relatedMessageIds(HeaderFields fields) {
        Set<String> related = new LinkedHashSet<>();
        for (String name : new String[] {"References", "In-Reply-To", "Message-ID"}) {
            for (String value : fields.all(name)) {
                Matcher ids = MESSAGE_ID.matcher(value);
                while (ids.find()) {
                    related.add(ids.group());
                }
            }
        }
        return related;
    }
}
