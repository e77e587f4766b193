package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steadymail.testkit.conformance.MailFixture;
import dev.steadymail.testkit.conformance.MailProviderConformance;
import java.net.URI;
import java.util.Map;

/**
 * The kit against a Gmail that others wrote, in front of which stands the emulator's control shim, unless {@code
 * STEADYMAIL_EMULATOR_RAW} is set: then it is the emulator alone, with more gaps and nothing in it that is ours. Reads {@code STEADYMAIL_EMULATOR_ROOT}, its root URL on loopback, {@code STEADYMAIL_EMULATOR_TOKEN}, an access token, and
 * {@code STEADYMAIL_EMULATOR_USER}, whose mailbox was empty at its start; skipped without them. Everything in it is dropped
 * before each test.
 */
class GmailRealServerTest extends MailProviderConformance {
    @Override
    protected MailFixture newFixture() {
        Map<String, String> environment = System.getenv();
        String root = environment.get("STEADYMAIL_EMULATOR_ROOT");
        String token = environment.get("STEADYMAIL_EMULATOR_TOKEN");
        String user = environment.get("STEADYMAIL_EMULATOR_USER");
        assumeTrue(
                root != null && token != null && user != null,
                "STEADYMAIL_EMULATOR_ROOT, _TOKEN and _USER are not set");
        return environment.get("STEADYMAIL_EMULATOR_RAW") == null
                ? EmulatorFixture.shimmed(URI.create(root), token, user)
                : EmulatorFixture.bare(URI.create(root), token, user);
    }
}
