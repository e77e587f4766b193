package dev.steadymail.gmail;

import com.google.api.services.gmail.model.Label;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Gmail's labels mean in our model. UNREAD and STARRED are keywords only; every other label is a mailbox, known or not; an
 * email without any such label is in the virtual mailbox "All Mail", which is where archiving puts it.
 */
final class Labels {
    static final String UNREAD = "UNREAD";
    static final String STARRED = "STARRED";
    static final String DRAFT = "DRAFT";
    static final String SPAM = "SPAM";
    static final String TRASH = "TRASH";
    static final MailboxId ALL_MAIL = new MailboxId("ALL_MAIL");

    private static final Set<String> KEYWORDS_ONLY = Set.of(UNREAD, STARRED);
    private static final Map<String, Role> ROLES = Map.of(
            "INBOX",
            Role.INBOX,
            "SENT",
            Role.SENT,
            DRAFT,
            Role.DRAFTS,
            TRASH,
            Role.TRASH,
            SPAM,
            Role.JUNK,
            "IMPORTANT",
            Role.IMPORTANT);

    private Labels() {}

    static List<Mailbox> mailboxes(Collection<Label> labels) {
        List<Mailbox> mailboxes = new ArrayList<>();
        labels.stream()
                .filter(label -> label.getId() != null && isMailbox(label.getId()))
                .map(Labels::mailbox)
                .forEach(mailboxes::add);
        mailboxes.add(new Mailbox(ALL_MAIL, List.of("All Mail"), Role.ALL, true));
        return mailboxes;
    }

    static boolean isMailbox(String labelId) {
        return !KEYWORDS_ONLY.contains(labelId);
    }

    static Set<MailboxId> mailboxIds(Collection<String> labelIds) {
        Set<MailboxId> mailboxes = new LinkedHashSet<>();
        labelIds.stream().filter(id -> !id.isBlank() && isMailbox(id)).forEach(id -> mailboxes.add(new MailboxId(id)));
        return mailboxes.isEmpty() ? Set.of(ALL_MAIL) : mailboxes;
    }

    static Set<Keyword> keywords(Collection<String> labelIds) {
        Set<Keyword> keywords = new LinkedHashSet<>();
        if (!labelIds.contains(UNREAD)) {
            keywords.add(Keyword.SEEN);
        }
        if (labelIds.contains(STARRED)) {
            keywords.add(Keyword.FLAGGED);
        }
        if (labelIds.contains(DRAFT)) {
            keywords.add(Keyword.DRAFT);
        }
        return keywords;
    }

    /** Returns the labels that an email in this state bears. */
    static Set<String> labelIds(Collection<MailboxId> mailboxes, Collection<Keyword> keywords) {
        Set<String> labels = new HashSet<>();
        mailboxes.stream().filter(id -> !id.equals(ALL_MAIL)).forEach(id -> labels.add(id.value()));
        if (!keywords.contains(Keyword.SEEN)) {
            labels.add(UNREAD);
        }
        if (keywords.contains(Keyword.FLAGGED)) {
            labels.add(STARRED);
        }
        return labels;
    }

    /** System labels are called like their id; only names of users' labels have levels. */
    private static Mailbox mailbox(Label label) {
        String id = label.getId();
        boolean system = "system".equals(label.getType());
        String name = system || label.getName() == null || label.getName().isEmpty() ? id : label.getName();
        List<String> path = system ? List.of(name) : List.of(name.split("/", -1));
        return new Mailbox(new MailboxId(id), path, system ? ROLES.get(id) : null, true);
    }
}
