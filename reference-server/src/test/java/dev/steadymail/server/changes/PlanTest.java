package dev.steadymail.server.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.server.changes.AccountMailboxes.StoredMailbox;
import dev.steadymail.server.changes.EmailChange.Wish;
import dev.steadymail.server.changes.Plan.Move;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Plans where an email can be in several mailboxes, which the IMAP tests do not reach. */
final class PlanTest {
    private static final UUID INBOX = UUID.randomUUID();
    private static final UUID ALL = UUID.randomUUID();
    private static final UUID TRASH = UUID.randomUUID();
    private static final UUID WORK = UUID.randomUUID();
    private static final UUID HOME = UUID.randomUUID();
    private static final AccountMailboxes LABELS = new AccountMailboxes(List.of(
            mailbox(INBOX, "inbox", Role.INBOX),
            mailbox(ALL, "all", Role.ALL),
            mailbox(TRASH, "trash", Role.TRASH),
            mailbox(WORK, "work", null),
            mailbox(HOME, "home", null)));

    @Test
    void archive_takesTheInboxAway_andKeepsLabels() {
        assertEquals(List.of(move("inbox", "all")), moves(new Placing.Archive(), INBOX));
        assertEquals(List.of(move("inbox", "all")), moves(new Placing.Archive(), INBOX, WORK));
        assertEquals(List.of(), moves(new Placing.Archive(), WORK));
        assertEquals(List.of(), moves(new Placing.Archive(), ALL));
    }

    @Test
    void trash_comesForTheInbox() {
        assertEquals(List.of(move("inbox", "trash")), moves(new Placing.Trash(), INBOX, WORK));
        assertEquals(List.of(), moves(new Placing.Trash(), TRASH));
    }

    @Test
    void labels_comeAndGoByThemselves() {
        assertEquals(List.of(move("all", "work")), moves(new Placing.Some(Set.of(WORK), Set.of()), INBOX));
        assertEquals(List.of(move("work", "all")), moves(new Placing.Some(Set.of(), Set.of(WORK)), INBOX, WORK));
        assertEquals(List.of(move("work", "home")), moves(new Placing.Exactly(Set.of(INBOX, HOME)), INBOX, WORK));
        assertEquals(List.of(move("all", "work")), moves(new Placing.Exactly(Set.of(WORK)), ALL));
        assertThrows(WrongChangeException.class, () -> moves(new Placing.Some(Set.of(), Set.of(WORK)), WORK));
    }

    private static List<Move> moves(Placing placing, UUID... present) {
        Target email = new Target(UUID.randomUUID(), UUID.randomUUID(), new EmailId("1"), List.of(), Set.of(present));
        return Plan.of(new Wish(Set.of(), Set.of(), placing), email, LABELS, true)
                .moves();
    }

    private static Move move(String from, String to) {
        return new Move(new MailboxId(from), new MailboxId(to));
    }

    private static StoredMailbox mailbox(UUID id, String name, @Nullable Role role) {
        return new StoredMailbox(id, UUID.randomUUID(), new MailboxId(name), List.of(name), role, true, true);
    }
}
