package dev.steadymail.server.changes;

import java.util.Set;
import java.util.UUID;

/** Where an email is to be. */
sealed interface Placing {
    /** Where it is. */
    record Stay() implements Placing {}

    /** In these mailboxes alone, at least one. */
    record Exactly(Set<UUID> mailboxes) implements Placing {
        public Exactly {
            mailboxes = Set.copyOf(mailboxes);
        }
    }

    /** In more or fewer; none is in both. */
    record Some(Set<UUID> add, Set<UUID> remove) implements Placing {
        public Some {
            add = Set.copyOf(add);
            remove = Set.copyOf(remove);
        }
    }

    /** Out of the inbox, and in the archive. */
    record Archive() implements Placing {}

    /** In the trash, and not in the inbox. */
    record Trash() implements Placing {}
}
