package dev.steadymail.gmail;

import dev.steadymail.mail.MailboxId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The mailboxes that a sync looks at; an email is covered while it is in one of them.
 *
 * @param mailboxes empty for all
 */
record Scope(Set<MailboxId> mailboxes) {
    Scope {
        mailboxes = Set.copyOf(mailboxes);
    }

    boolean isAll() {
        return mailboxes.isEmpty();
    }

    boolean covers(Set<MailboxId> of) {
        return isAll() || !Collections.disjoint(mailboxes, of);
    }

    /** Returns what tells this scope from others in a cursor, without naming mailboxes. */
    String fingerprint() {
        Set<String> ids = new TreeSet<>();
        mailboxes.forEach(mailbox -> ids.add(mailbox.value()));
        long hash = 0;
        for (String id : ids) {
            for (int i = 0; i < id.length(); i++) {
                hash = 31 * hash + id.charAt(i);
            }
            hash = 31 * hash + '\n';
        }
        return Long.toHexString(hash);
    }

    /** Returns the lists to read for everything in scope, in an order that depends on nothing else, as cursors count in it. */
    List<Listing> listings() {
        if (isAll()) {
            return List.of(Listing.EVERYTHING);
        }
        List<Listing> listings = new ArrayList<>();
        mailboxes.stream()
                .map(MailboxId::value)
                .sorted()
                .map(id -> id.equals(Labels.ALL_MAIL.value()) ? QueryCompiler.UNFILED_ONLY : Listing.of(id))
                .forEach(listings::add);
        return listings;
    }
}
