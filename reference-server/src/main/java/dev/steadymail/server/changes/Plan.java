package dev.steadymail.server.changes;

import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.server.changes.EmailChange.Wish;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What the provider is asked to do for a wish. Emails with equal plans are changed together.
 *
 * @param moves in this order, after the keywords
 */
record Plan(Set<Keyword> set, Set<Keyword> clear, List<Move> moves) {
    /** From one mailbox to another; the email's other mailboxes stay. */
    record Move(MailboxId from, MailboxId to) {}

    /**
     * Makes the plan for one email.
     *
     * @param several whether an email of this account can be in several mailboxes
     * @throws WrongChangeException where the wish cannot be met for this email
     */
    static Plan of(Wish wish, Target email, AccountMailboxes mailboxes, boolean several) {
        if (wish.placing() instanceof Placing.Stay) {
            return new Plan(wish.set(), wish.clear(), List.of());
        }
        if (email.mailboxes().isEmpty()) {
            throw new MovedAwayException();
        }
        Set<UUID> wanted = wanted(wish.placing(), email.mailboxes(), mailboxes, several);
        if (wanted.isEmpty()) {
            throw new WrongChangeException(
                    "an email must be in a mailbox; archive, trash or DELETE it instead of taking it out of all");
        }
        Set<UUID> come = without(wanted, email.mailboxes());
        Set<UUID> go = without(email.mailboxes(), wanted);
        come.forEach(mailboxes::requireTarget);
        if (!several && wanted.size() > 1) {
            throw new WrongChangeException(
                    "an email of this account is in one mailbox; name exactly one in mailboxIds, or"
                            + " give its present one in removeMailboxIds");
        }
        return new Plan(wish.set(), wish.clear(), moves(List.copyOf(come), List.copyOf(go), mailboxes));
    }

    private static Set<UUID> wanted(Placing placing, Set<UUID> present, AccountMailboxes mailboxes, boolean several) {
        Set<UUID> kept = new HashSet<>(several ? present : Set.of());
        mailboxes.find(Role.INBOX).ifPresent(inbox -> kept.remove(inbox.id()));
        if (placing instanceof Placing.Exactly exactly) {
            return exactly.mailboxes();
        }
        if (placing instanceof Placing.Some some) {
            Set<UUID> wanted = without(present, some.remove());
            wanted.addAll(some.add());
            return wanted;
        }
        if (placing instanceof Placing.Trash) {
            kept.add(mailboxes.require(Role.TRASH, "trash"));
            return kept;
        }
        return archived(kept, mailboxes);
    }

    /** Where there is no archive, archived is what is in no mailbox but "all mail". */
    private static Set<UUID> archived(Set<UUID> kept, AccountMailboxes mailboxes) {
        if (mailboxes.find(Role.ARCHIVE).isPresent() || kept.isEmpty()) {
            kept.add(mailboxes
                    .find(Role.ARCHIVE)
                    .map(AccountMailboxes.StoredMailbox::id)
                    .orElseGet(() -> mailboxes.require(Role.ALL, "the archive")));
        }
        return kept;
    }

    /**
     * Pairs what comes with what goes. Where that does not come out even, an email can be in several mailboxes, and "all mail", which is
     * having no other one, stands for none.
     */
    private static List<Move> moves(List<UUID> come, List<UUID> go, AccountMailboxes mailboxes) {
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < Math.max(come.size(), go.size()); i++) {
            UUID from = i < go.size() ? go.get(i) : mailboxes.require(Role.ALL, "having no other mailbox");
            UUID to = i < come.size() ? come.get(i) : mailboxes.require(Role.ALL, "having no other mailbox");
            if (!from.equals(to)) {
                moves.add(new Move(mailboxes.providerId(from), mailboxes.providerId(to)));
            }
        }
        return moves;
    }

    private static Set<UUID> without(Set<UUID> some, Set<UUID> others) {
        Set<UUID> left = new HashSet<>(some);
        left.removeAll(others);
        return left;
    }
}
