package dev.steadymail.imap;

import dev.steadymail.testkit.conformance.MailFixture;
import dev.steadymail.testkit.conformance.MailProviderConformance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The kit against a Cyrus of this machine, which shares no code with Dovecot. Reads STEADYMAIL_CYRUS, {@code host:port} of plain
 * IMAP on loopback, and STEADYMAIL_CYRUS_PASSWORD, which lets every user in; skipped without the former. Each test has a user of
 * its own, whose inbox Cyrus makes at the first login.
 */
@EnabledIfEnvironmentVariable(named = "STEADYMAIL_CYRUS", matches = ".+:\\d+")
class ImapCyrusRealServerTest extends MailProviderConformance {
    @Override
    protected MailFixture newFixture() {
        return RealServerFixture.from("STEADYMAIL_CYRUS");
    }
}
