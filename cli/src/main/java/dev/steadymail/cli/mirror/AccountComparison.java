package dev.steadymail.cli.mirror;

import dev.steadymail.cli.mirror.Difference.What;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the emails of an account against an index, by the server's ids.
 *
 * <p>The account may change while it is listed. So what looks different in the list is asked for again: it is a difference where two looks,
 * one after the other, see the same. What is as the index says by then is equal, and what never stands still is only counted. Not
 * thread-safe.
 */
final class AccountComparison {
    /** After the list. */
    private static final int MORE_LOOKS = 3;

    private final MirrorView view;
    private final RemoteMail mail;
    private final Differences differences;
    private final Map<MailboxId, String> names;

    AccountComparison(MirrorView view, RemoteMail mail, List<Mailbox> mailboxes, Differences differences) {
        this.view = view;
        this.mail = mail;
        this.differences = differences;
        this.names = mailboxes.stream().collect(Collectors.toMap(Mailbox::id, Mailbox::fullName, (one, two) -> two));
    }

    /** Compares states, and returns emails that are on both sides and of which {@code suspicious} wants the content compared. */
    Map<EmailId, IndexEntry> run(Predicate<Pair> suspicious) {
        Map<EmailId, IndexEntry> contents = new LinkedHashMap<>();
        Map<EmailId, Suspect> suspects = firstLook(suspicious, contents);
        for (int look = 0; look < MORE_LOOKS && !suspects.isEmpty(); look++) {
            suspects = lookAgain(suspects);
        }
        differences.changing(suspects.size());
        view.forgotten().forEach(entry -> differences.found(Difference.gone(entry, null)));
        return contents;
    }

    private Map<EmailId, Suspect> firstLook(Predicate<Pair> suspicious, Map<EmailId, IndexEntry> contents) {
        Map<EmailId, Suspect> suspects = new LinkedHashMap<>();
        Set<EmailId> seen = new HashSet<>();
        mail.list(email -> {
            if (seen.add(email.id())) {
                differences.email();
                IndexEntry entry = view.byProviderId().get(email.id());
                addUnlessEqual(suspects, email.id(), entry, seen(email));
                if (entry != null && suspicious.test(new Pair(entry, email))) {
                    contents.put(email.id(), entry);
                }
            }
        });
        view.byProviderId().forEach((id, entry) -> {
            if (!seen.contains(id)) {
                suspects.put(id, new Suspect(entry, null));
            }
        });
        return suspects;
    }

    /** Tells what two looks agree on, and returns what they do not. */
    private Map<EmailId, Suspect> lookAgain(Map<EmailId, Suspect> suspects) {
        Map<EmailId, Suspect> moving = new LinkedHashMap<>();
        List<EmailId> ids = new ArrayList<>(suspects.keySet());
        for (int from = 0; from < ids.size(); from += RemoteMail.PAGE) {
            List<EmailId> page = ids.subList(from, Math.min(ids.size(), from + RemoteMail.PAGE));
            Map<EmailId, Seen> now = new HashMap<>();
            mail.get(page).forEach(email -> now.put(email.id(), seen(email)));
            for (EmailId id : page) {
                Suspect before = Objects.requireNonNull(suspects.get(id), "an id of the suspects");
                if (Objects.equals(before.seen(), now.get(id))) {
                    tell(id, before);
                } else {
                    addUnlessEqual(moving, id, before.entry(), now.get(id));
                }
            }
        }
        return moving;
    }

    private static void addUnlessEqual(
            Map<EmailId, Suspect> suspects, EmailId id, @Nullable IndexEntry entry, @Nullable Seen seen) {
        Seen indexed = entry == null ? null : new Seen(entry.mailboxes(), entry.keywords());
        if (!Objects.equals(indexed, seen)) {
            suspects.put(id, new Suspect(entry, seen));
        }
    }

    private void tell(EmailId id, Suspect suspect) {
        IndexEntry entry = suspect.entry();
        Seen seen = suspect.seen();
        if (entry == null && seen != null) {
            differences.found(Difference.missing(id, seen.mailboxes()));
        } else if (entry != null && seen == null) {
            differences.found(Difference.gone(entry, id));
        } else if (entry != null && seen != null) {
            tell(What.KEYWORDS, id, entry, entry.keywords(), seen.keywords());
            tell(What.MAILBOXES, id, entry, entry.mailboxes(), seen.mailboxes());
        }
    }

    private void tell(What what, EmailId id, IndexEntry entry, List<String> here, List<String> server) {
        if (!here.equals(server)) {
            differences.found(Difference.of(what, entry, id, here, server));
        }
    }

    private Seen seen(Email email) {
        return new Seen(
                sorted(email.mailboxIds(), id -> names.getOrDefault(id, id.value())),
                sorted(email.keywords(), Keyword::value));
    }

    private static <T> List<String> sorted(Collection<T> values, Function<T, String> text) {
        return values.stream().map(text).distinct().sorted(IndexLine.BYTE_ORDER).toList();
    }

    /** An email's state at one look. */
    private record Seen(List<String> mailboxes, List<String> keywords) {}

    /**
     * What may be a difference.
     *
     * @param entry what the index says, or null where it says nothing
     * @param seen what the last look saw, or null where it saw nothing
     */
    private record Suspect(
            @Nullable IndexEntry entry, @Nullable Seen seen) {}

    /**
     * An email on both sides.
     *
     * @param entry what the index says
     * @param email what the server says
     */
    record Pair(IndexEntry entry, Email email) {}
}
