package dev.steadymail.imap;

import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.testkit.conformance.Backdoor;
import dev.steadymail.testkit.conformance.ImapBackdoor;
import dev.steadymail.testkit.conformance.MailFixture;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** A user of its own on a server of this machine that lets every user in with one password, by plain IMAP on loopback. */
record RealServerFixture(int port, String user, String password, Backdoor backdoor) implements MailFixture {
    /**
     * Logs a new user in.
     *
     * @param variable environment variable with the server's {@code host:port}
     */
    static RealServerFixture from(String variable) {
        int port = port(variable);
        String user = newUser();
        String password = password(variable);
        return new RealServerFixture(port, user, password, ImapBackdoor.connect(port, user, password));
    }

    /** Returns the port of a variable that holds {@code host:port}. */
    static int port(String variable) {
        String place = System.getenv(variable);
        return Integer.parseInt(place.substring(place.lastIndexOf(':') + 1));
    }

    /** Returns what lets every user in; the variable's name with {@code _PASSWORD} appended is read. */
    static String password(String variable) {
        return System.getenv().getOrDefault(variable + "_PASSWORD", LocalServers.PASSWORD);
    }

    static String newUser() {
        return "t" + UUID.randomUUID().toString().substring(0, 13);
    }

    @Override
    public Set<Capability> declares() {
        return EnumSet.of(
                Capability.CUSTOM_KEYWORDS,
                Capability.ATOMIC_MOVE,
                Capability.DESTROY,
                Capability.CHANGES_BY_CURSOR,
                Capability.MAILBOX_EDITING,
                Capability.IMPORT,
                Capability.DRAFTS);
    }

    @Override
    public MailAccount account() {
        return LocalServers.plain(port, user, password);
    }

    @Override
    public MailAccount wrongCredentials() {
        return LocalServers.plain(port, user, password + "wrong");
    }

    @Override
    public MailAccount unreachable() {
        return LocalServers.plain(LocalServers.closedPort(), user, password);
    }

    @Override
    public Set<Role> roles() {
        return EnumSet.of(Role.INBOX, Role.ARCHIVE, Role.DRAFTS, Role.JUNK, Role.SENT, Role.TRASH);
    }

    @Override
    public void close() {
        backdoor.close();
    }
}
