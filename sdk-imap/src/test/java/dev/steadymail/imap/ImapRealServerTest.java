package dev.steadymail.imap;

import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.testkit.conformance.Backdoor;
import dev.steadymail.testkit.conformance.ImapBackdoor;
import dev.steadymail.testkit.conformance.MailFixture;
import dev.steadymail.testkit.conformance.MailProviderConformance;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The kit against a Dovecot of this machine. Reads STEADYMAIL_DOVECOT, {@code host:port} of plain IMAP on loopback, and
 * STEADYMAIL_DOVECOT_PASSWORD, which lets every user in; skipped without the former. Each test has a user of its own.
 */
@EnabledIfEnvironmentVariable(named = "STEADYMAIL_DOVECOT", matches = ".+:\\d+")
class ImapRealServerTest extends MailProviderConformance {
    @Override
    protected MailFixture newFixture() {
        Map<String, String> environment = System.getenv();
        String place = environment.get("STEADYMAIL_DOVECOT");
        int port = Integer.parseInt(place.substring(place.lastIndexOf(':') + 1));
        String password = environment.getOrDefault("STEADYMAIL_DOVECOT_PASSWORD", LocalServers.PASSWORD);
        return new Dovecot(port, "t" + UUID.randomUUID().toString().substring(0, 13), password);
    }

    private record Dovecot(int port, String user, String password, Backdoor backdoor) implements MailFixture {
        Dovecot(int port, String user, String password) {
            this(port, user, password, ImapBackdoor.connect(port, user, password));
        }

        @Override
        public Set<Capability> declares() {
            return EnumSet.of(
                    Capability.CUSTOM_KEYWORDS,
                    Capability.ATOMIC_MOVE,
                    Capability.DESTROY,
                    Capability.CHANGES_BY_CURSOR);
        }

        @Override
        public MailAccount account() {
            return LocalServers.plain(port, user, password);
        }

        @Override
        public Backdoor backdoor() {
            return backdoor;
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
}
