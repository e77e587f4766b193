package dev.steadymail.gmail;

import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Labels to put on and take off messages.
 *
 * @param add label ids
 * @param remove label ids
 */
record LabelChange(Set<String> add, Set<String> remove) {
    LabelChange {
        add = Set.copyOf(add);
        remove = Set.copyOf(remove);
    }

    static LabelChange ofKeywords(Set<Keyword> add, Set<Keyword> remove) {
        Set<String> on = new LinkedHashSet<>();
        Set<String> off = new LinkedHashSet<>();
        add.forEach(keyword -> sort(keyword, on, off));
        remove.forEach(keyword -> sort(keyword, off, on));
        return new LabelChange(on, off);
    }

    /** "All mail" is the lack of labels, so nothing is added for it and nothing removed. */
    static LabelChange ofMove(MailboxId from, MailboxId to) {
        return from.equals(to) ? new LabelChange(Set.of(), Set.of()) : new LabelChange(label(to), label(from));
    }

    boolean isEmpty() {
        return add.isEmpty() && remove.isEmpty();
    }

    private static Set<String> label(MailboxId mailbox) {
        return mailbox.equals(Labels.ALL_MAIL) ? Set.of() : Set.of(mailbox.value());
    }

    private static void sort(Keyword keyword, Set<String> on, Set<String> off) {
        if (keyword.equals(Keyword.SEEN)) {
            off.add(Labels.UNREAD);
        } else if (keyword.equals(Keyword.FLAGGED)) {
            on.add(Labels.STARRED);
        } else {
            throw MailException.of(
                    Kind.UNSUPPORTED, "Gmail keeps no keywords but $seen and $flagged; use a label for other marks");
        }
    }
}
