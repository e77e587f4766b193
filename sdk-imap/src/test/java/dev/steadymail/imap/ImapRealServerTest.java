package dev.steadymail.imap;

import dev.steadymail.testkit.conformance.MailFixture;
import dev.steadymail.testkit.conformance.MailProviderConformance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The kit against a Dovecot of this machine. Reads STEADYMAIL_DOVECOT, {@code host:port} of plain IMAP on loopback, and
 * STEADYMAIL_DOVECOT_PASSWORD, which lets every user in; skipped without the former. Each test has a user of its own.
 */
@EnabledIfEnvironmentVariable(named = "STEADYMAIL_DOVECOT", matches = ".+:\\d+")
class ImapRealServerTest extends MailProviderConformance {
    @Override
    protected MailFixture newFixture() {
        return RealServerFixture.from("STEADYMAIL_DOVECOT");
    }
}
