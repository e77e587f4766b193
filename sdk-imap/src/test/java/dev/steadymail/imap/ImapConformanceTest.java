package dev.steadymail.imap;

import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.testkit.conformance.Backdoor;
import dev.steadymail.testkit.conformance.ImapBackdoor;
import dev.steadymail.testkit.conformance.MailFixture;
import dev.steadymail.testkit.conformance.MailProviderConformance;
import dev.steadymail.testkit.imap.FaultCount;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The kit against the server in this process, which offers every extension that the provider uses. */
class ImapConformanceTest extends MailProviderConformance {
    @Override
    protected MailFixture newFixture() {
        return new InProcess();
    }

    private static final class InProcess implements MailFixture {
        private static final String USER = "ada";

        private final ImapTestServer server =
                ImapTestServer.builder().user(USER, LocalServers.PASSWORD).start();
        private final ImapBackdoor backdoor = ImapBackdoor.connect(server.port(), USER, LocalServers.PASSWORD);

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
            return LocalServers.plain(server.port(), USER, LocalServers.PASSWORD);
        }

        @Override
        public Backdoor backdoor() {
            return backdoor;
        }

        @Override
        public MailAccount wrongCredentials() {
            return LocalServers.plain(server.port(), USER, "wrong");
        }

        @Override
        public MailAccount unreachable() {
            return LocalServers.plain(LocalServers.closedPort(), USER, LocalServers.PASSWORD);
        }

        @Override
        public Set<Role> roles() {
            return EnumSet.of(Role.INBOX, Role.ARCHIVE, Role.DRAFTS, Role.JUNK, Role.SENT, Role.TRASH);
        }

        @Override
        public Optional<Stall> stall() {
            server.clearLog();
            server.inject(new ImapFault.SilentOn("*"), FaultCount.always());
            return Optional.of(new Silence());
        }

        @Override
        public void close() {
            backdoor.close();
            server.close();
        }

        private final class Silence implements Stall {
            @Override
            public boolean awaitRequest(Duration limit) {
                try {
                    return server.awaitCommand("*", 1, limit);
                } catch (InterruptedException interrupt) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }

            @Override
            public void close() {
                server.clearFaults();
            }
        }
    }
}
