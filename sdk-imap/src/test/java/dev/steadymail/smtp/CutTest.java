package dev.steadymail.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.auth.Credentials;
import dev.steadymail.auth.Tokens;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.smtp.SmtpExtension;
import dev.steadymail.testkit.smtp.SmtpFaultPlan;
import dev.steadymail.testkit.smtp.SmtpMechanism;
import dev.steadymail.testkit.smtp.SmtpSettings;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The connection is lost behind every octet of both directions of a whole dialogue: what became of the message is known to the octet,
 * and never is one that the server has called surely not accepted.
 */
class CutTest {
    private static final PreparedMessage MESSAGE = Messages.to("bob@example.org", "carl@example.net");

    private static final SmtpExtension[] NONE = {};

    /** What a client can know. */
    private enum Outcome {
        SURELY_NOT,
        UNKNOWN,
        SENT
    }

    /** A server, and how one logs in to it. */
    enum Manner {
        PLAIN(SmtpMechanism.PLAIN, false, false),
        PIPELINED(SmtpMechanism.LOGIN, true, false),
        CHUNKED(SmtpMechanism.SCRAM_SHA_256, false, true),
        CHUNKED_AND_PIPELINED(SmtpMechanism.OAUTHBEARER, true, true);

        private final SmtpMechanism mechanism;
        private final boolean pipelining;
        private final boolean chunking;

        Manner(SmtpMechanism mechanism, boolean pipelining, boolean chunking) {
            this.mechanism = mechanism;
            this.pipelining = pipelining;
            this.chunking = chunking;
        }

        Talk talk() {
            SmtpSettings settings = SmtpSettings.builder()
                    .user("ada", "secret")
                    .token("ada", "token")
                    .mechanisms(mechanism)
                    .without(pipelining ? NONE : new SmtpExtension[] {SmtpExtension.PIPELINING})
                    .without(chunking ? NONE : new SmtpExtension[] {SmtpExtension.CHUNKING})
                    .build();
            Credentials credentials = mechanism == SmtpMechanism.OAUTHBEARER
                    ? Credentials.bearer("ada", Tokens.fixed("token"))
                    : Credentials.password("ada", "secret");
            return new Talk(settings, SmtpFaultPlan.seeded(1), credentials);
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientsOctets_cutBehindEach(Manner manner) {
        Talk whole = whole(manner::talk, MESSAGE);
        for (int octets = 0; octets < whole.said(); octets++) {
            Outcome expected = octets < whole.saidAtCommit ? Outcome.SURELY_NOT : Outcome.UNKNOWN;
            assertOutcome(expected, manner.talk().cutToServer(octets), "the client's octet " + octets);
        }
    }

    @ParameterizedTest
    @EnumSource
    void serversOctets_cutBehindEach(Manner manner) {
        Talk whole = whole(manner::talk, MESSAGE);
        for (int octets = 0; octets < whole.heardAtEnd; octets++) {
            Outcome expected = octets < whole.heardAtCommit ? Outcome.SURELY_NOT : Outcome.UNKNOWN;
            assertOutcome(expected, manner.talk().cutToClient(octets), "the server's octet " + octets);
        }
        assertOutcome(Outcome.SENT, manner.talk().cutToClient(whole.heardAtEnd), "the end");
    }

    @ParameterizedTest
    @EnumSource
    void serversOctets_oneAtATime_changeNothing(Manner manner) {
        Talk talk = manner.talk().inPieces(1).login();
        talk.send(MESSAGE);

        assertEquals(1, talk.mailroom.messages().size());
        assertEquals(0, talk.mailroom.violationCount());
        assertTrue(talk.isReusable());
    }

    @Test
    void largeMessage_inChunks_cutHereAndThere() {
        PreparedMessage large = Messages.large();
        Talk whole = whole(Manner.CHUNKED_AND_PIPELINED::talk, large);
        for (int octets = 0; octets < whole.said(); octets += 997) {
            Talk talk = Manner.CHUNKED_AND_PIPELINED.talk().cutToServer(octets);
            Outcome expected = octets < whole.saidAtCommit ? Outcome.SURELY_NOT : Outcome.UNKNOWN;
            assertEquals(expected, outcome(talk, large), "octet " + octets);
        }
    }

    private static Talk whole(Supplier<Talk> talks, PreparedMessage message) {
        Talk talk = talks.get();
        assertEquals(Outcome.SENT, outcome(talk, message));
        assertEquals(1, talk.mailroom.messages().size());
        assertEquals(
                0,
                talk.mailroom.violationCount(),
                () -> talk.mailroom.violations().toString());
        assertTrue(talk.saidAtCommit > 0 && talk.saidAtCommit < talk.said());
        return talk;
    }

    private static void assertOutcome(Outcome expected, Talk talk, String where) {
        Outcome outcome = outcome(talk, MESSAGE);
        assertEquals(expected, outcome, where);
        if (outcome == Outcome.SURELY_NOT) {
            assertEquals(0, talk.mailroom.messages().size(), where);
        }
    }

    private static Outcome outcome(Talk talk, PreparedMessage message) {
        try {
            talk.login().send(message);
            return Outcome.SENT;
        } catch (MailException failure) {
            assertEquals(Kind.NETWORK, failure.kind());
            assertTrue(failure.isRetryable());
            return failure.effect().orElseThrow() ? Outcome.UNKNOWN : Outcome.SURELY_NOT;
        }
    }
}
