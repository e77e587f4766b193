package dev.steadymail.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Mailboxes are listed with their roles, and capabilities are what was declared. */
abstract class MailboxConformance {
    abstract Session session();

    @Test
    void capabilities_areWhatTheFixtureDeclares(TestReporter reporter) {
        Set<Capability> declared = EnumSet.noneOf(Capability.class);
        declared.addAll(session().fixture().declares());
        reporter.publishEntry("declared", declared.toString());
        reporter.publishEntry("not declared", without(declared).toString());
        assertEquals(declared, session().client().capabilities().values());
    }

    @Test
    void list_namesTheMailboxOfEveryRoleOnce() {
        List<Role> roles = session().client().mailboxes().list().stream()
                .map(Mailbox::role)
                .filter(Objects::nonNull)
                .toList();
        assertEquals(roles.size(), Set.copyOf(roles).size(), () -> "a role twice in " + roles);
        assertTrue(roles.containsAll(session().fixture().roles()), () -> "roles missing in " + roles);
    }

    @Test
    void find_inbox_ignoresCase() {
        Optional<Mailbox> inbox = session().client().mailboxes().find("Inbox");
        assertEquals(Role.INBOX, inbox.map(Mailbox::role).orElseThrow());
        assertTrue(inbox.orElseThrow().selectable());
    }

    @Test
    void list_newMailbox_hasNoRoleAndItsWholePath() {
        session().backdoor().createMailbox("Projects");
        session().backdoor().createMailbox("Projects/Engine");
        Mailbox found = found("Projects/Engine");
        assertEquals(List.of("Projects", "Engine"), found.path());
        assertNull(found.role());
    }

    @Test
    void list_nameBeyondAscii_isDecoded() {
        String name = "R\u00e9sum\u00e9s & \u65e5\u672c\u8a9e";
        session().backdoor().createMailbox(name);
        assertEquals(List.of(name), found(name).path());
    }

    @Test
    void list_renamedMailbox_hasOnlyItsNewName() {
        session().backdoor().createMailbox("Before");
        session().backdoor().renameMailbox("Before", "After");
        assertEquals("After", found("After").name());
        assertTrue(session().client().mailboxes().find("Before").isEmpty());
    }

    private Mailbox found(String name) {
        return session().client().mailboxes().find(name).orElseThrow(() -> new AssertionError("not listed: " + name));
    }

    private static Set<Capability> without(Set<Capability> declared) {
        Set<Capability> rest = EnumSet.allOf(Capability.class);
        rest.removeAll(declared);
        return rest;
    }
}
