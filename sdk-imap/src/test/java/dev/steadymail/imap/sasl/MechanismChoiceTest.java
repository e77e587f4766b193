package dev.steadymail.imap.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.auth.Credentials;
import dev.steadymail.auth.Tokens;
import dev.steadymail.imap.sasl.LoginWay.Authenticate;
import dev.steadymail.imap.sasl.LoginWay.LoginCommand;
import dev.steadymail.imap.sasl.LoginWay.Mechanism;
import dev.steadymail.imap.sasl.MechanismChoice.Channel;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MechanismChoiceTest {
    private static final Credentials PASSWORD = Credentials.password("u", "p");
    private static final Credentials TOKEN = Credentials.bearer("u", Tokens.fixed("t"));
    private static final Set<String> ALL = Set.of(
            "IMAP4REV1",
            "SASL-IR",
            "AUTH=LOGIN",
            "AUTH=PLAIN",
            "AUTH=XOAUTH2",
            "AUTH=OAUTHBEARER",
            "AUTH=SCRAM-SHA-256");

    @Test
    void token_prefersOauthBearer() {
        assertEquals(
                new Authenticate(Mechanism.OAUTHBEARER, true), on(Channel.TLS).choose(ALL, TOKEN));
    }

    @Test
    void token_takesXoauth2WhereItIsPreferredOrAlone() {
        assertEquals(
                new Authenticate(Mechanism.XOAUTH2, true), new MechanismChoice(Channel.TLS, true).choose(ALL, TOKEN));
        assertEquals(new Authenticate(Mechanism.XOAUTH2, false), on(Channel.TLS).choose(Set.of("AUTH=XOAUTH2"), TOKEN));
        assertEquals(
                new Authenticate(Mechanism.OAUTHBEARER, false),
                new MechanismChoice(Channel.TLS, true).choose(Set.of("AUTH=OAUTHBEARER"), TOKEN));
    }

    @Test
    void token_isNeverTakenForAPassword() {
        assertReason("use a password", on(Channel.TLS).choose(Set.of("AUTH=PLAIN"), TOKEN));
    }

    @Test
    void token_needsTls() {
        assertReason("use TLS", on(Channel.EXPOSED).choose(ALL, TOKEN));
    }

    @Test
    void password_goesByScramThenPlainThenLogin() {
        assertEquals(
                new Authenticate(Mechanism.SCRAM_SHA_256, true), on(Channel.TLS).choose(ALL, PASSWORD));
        assertEquals(
                new Authenticate(Mechanism.PLAIN, false),
                on(Channel.TLS).choose(Set.of("AUTH=PLAIN", "LOGINDISABLED"), PASSWORD));
        assertEquals(new LoginCommand(), on(Channel.TLS).choose(Set.of("IMAP4REV1"), PASSWORD));
    }

    @Test
    void password_staysHereWithoutTls() {
        Set<String> open = Set.of("AUTH=PLAIN", "AUTH=LOGIN");
        assertReason("use TLS", on(Channel.EXPOSED).choose(open, PASSWORD));
        assertReason("use TLS", on(Channel.EXPOSED).choose(Set.of(), PASSWORD));
        assertEquals(
                new Authenticate(Mechanism.PLAIN, false), on(Channel.LOOPBACK).choose(open, PASSWORD));
        assertEquals(new LoginCommand(), on(Channel.LOOPBACK).choose(Set.of(), PASSWORD));
    }

    @Test
    void password_isRefusedWithAReason() {
        Set<String> disabled = Set.of("LOGINDISABLED", "AUTH=GSSAPI");
        assertReason("no way to log in with a password", on(Channel.TLS).choose(disabled, PASSWORD));
        assertReason("use TLS or STARTTLS", on(Channel.LOOPBACK).choose(disabled, PASSWORD));
        assertReason("OAuth 2.0", on(Channel.TLS).choose(Set.of("LOGINDISABLED", "AUTH=XOAUTH2"), PASSWORD));
    }

    @ParameterizedTest
    @EnumSource(Mechanism.class)
    void mechanism_isOfferedUnderItsName(Mechanism mechanism) {
        assertEquals("AUTH=" + mechanism.saslName(), mechanism.capability());
        assertEquals(mechanism.name().replace('_', '-'), mechanism.saslName());
    }

    private static MechanismChoice on(Channel channel) {
        return new MechanismChoice(channel, false);
    }

    private static void assertReason(String part, LoginWay way) {
        LoginWay.None none = assertInstanceOf(LoginWay.None.class, way);
        assertTrue(none.reason().contains(part), none::reason);
    }
}
