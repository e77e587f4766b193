package dev.steadymail.imap.sasl;

import static dev.steadymail.imap.sasl.SaslRefusedException.Fault.CREDENTIALS;
import static dev.steadymail.imap.sasl.SaslRefusedException.Fault.SERVER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.auth.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneMessageTest extends SaslTestCase {
    private static final Secret TOKEN = Secret.of("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==");
    private static final byte[] ERROR =
            octets("{\"status\":\"invalid_token\",\"scope\":\"example_scope\",\"schemes\":\"bearer\"}");

    @Test
    void plain_isTheExampleOfItsRfc() throws SaslRefusedException {
        Plain plain = new Plain("tim", Secret.of("tanstaaftanstaaf"));
        assertEquals("\0tim\0tanstaaftanstaaf", text(plain.initialResponse()));
        plain.finish();
    }

    @Test
    void plain_isUtf8() throws SaslRefusedException {
        byte[] message = new Plain("jürgen", Secret.of("påss")).initialResponse();
        assertArrayEquals("\0jürgen\0påss".getBytes(StandardCharsets.UTF_8), message);
    }

    @Test
    void plain_takesNoChallengeAfterItsMessage() throws SaslRefusedException {
        Plain plain = new Plain("tim", Secret.of("secret"));
        plain.initialResponse();
        refused(SERVER, () -> plain.respond(octets("more?")));
        refused(SERVER, plain::finish);
    }

    @Test
    void oauthBearer_isTheExampleOfItsRfc() throws SaslRefusedException {
        OauthBearer bearer = new OauthBearer("user@example.com", "server.example.com", 143, TOKEN);
        assertEquals(
                "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRj"
                        + "Mk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB",
                Base64.getEncoder().encodeToString(bearer.initialResponse()));
        bearer.finish();
    }

    @Test
    void oauthBearer_userCannotWriteSyntax() throws SaslRefusedException {
        OauthBearer bearer = new OauthBearer("a=b,c", "h", 993, Secret.of("t"));
        assertEquals("n,a=a=3Db=2Cc,\1host=h\1port=993\1auth=Bearer t\1\1", text(bearer.initialResponse()));
    }

    @Test
    void oauthBearer_refusesPlacesThatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> new OauthBearer("u", "h", 0, TOKEN));
        assertThrows(IllegalArgumentException.class, () -> new OauthBearer("u", "h", 65_536, TOKEN));
        assertThrows(IllegalArgumentException.class, () -> new OauthBearer("u", "h\1auth=", 993, TOKEN));
        assertThrows(IllegalArgumentException.class, () -> new OauthBearer("u", "", 993, TOKEN));
    }

    @Test
    void oauthBearer_answersAnErrorWithOneOctet() throws SaslRefusedException {
        OauthBearer bearer = new OauthBearer("u", "h", 993, TOKEN);
        bearer.initialResponse();
        assertArrayEquals(new byte[] {1}, bearer.respond(ERROR));
        assertEquals(Optional.of("invalid_token"), bearer.serverError());
        refused(SERVER, bearer::finish);
        refused(SERVER, () -> bearer.respond(ERROR));
    }

    @Test
    void xoauth2_isAsGoogleDescribesIt() throws SaslRefusedException {
        Xoauth2 bearer = new Xoauth2("someuser@example.com", Secret.of("ya29.vF9dft4q"));
        assertEquals("user=someuser@example.com\1auth=Bearer ya29.vF9dft4q\1\1", text(bearer.respond(new byte[0])));
        bearer.finish();
    }

    @Test
    void xoauth2_answersAnErrorWithNothing() throws SaslRefusedException {
        Xoauth2 bearer = new Xoauth2("u", TOKEN);
        bearer.initialResponse();
        assertEquals(0, bearer.respond(ERROR).length);
        assertEquals(Optional.of("invalid_token"), bearer.serverError());
        refused(SERVER, bearer::finish);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "\"status\":\"", "{\"status\":\"a b\"}", "{\"status\":401}", "\u0000\u00ff\"status\""})
    void oddErrors_areAnsweredWithoutAName(String error) throws SaslRefusedException {
        Xoauth2 bearer = new Xoauth2("u", TOKEN);
        bearer.initialResponse();
        assertEquals(0, bearer.respond(octets(error)).length);
        assertEquals(Optional.empty(), bearer.serverError());
    }

    @Test
    void errorsWithoutEnd_areRefused() throws SaslRefusedException {
        Xoauth2 bearer = new Xoauth2("u", TOKEN);
        bearer.initialResponse();
        refused(SERVER, () -> bearer.respond(new byte[8193]));
    }

    @Test
    void firstChallenge_mustBeEmpty() throws SaslRefusedException {
        for (SaslMechanism mechanism : fresh()) {
            refused(SERVER, () -> mechanism.respond(octets("x")));
            refused(SERVER, () -> mechanism.respond(new byte[0]));
            refused(SERVER, mechanism::finish);
        }
    }

    @Test
    void okBeforeAnythingWasSaid_isRefused() throws SaslRefusedException {
        for (SaslMechanism mechanism : fresh()) {
            refused(SERVER, mechanism::finish);
        }
    }

    @Test
    void message_isSaidOnce() throws SaslRefusedException {
        for (SaslMechanism mechanism : fresh()) {
            mechanism.respond(new byte[0]);
            assertThrows(IllegalStateException.class, mechanism::initialResponse);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "a\1auth=Bearer x", "a\r\nb", "a\u0085"})
    void usersThatCouldWriteFields_areRefused(String user) {
        refused(CREDENTIALS, () -> new Plain(user, TOKEN));
        refused(CREDENTIALS, () -> new Xoauth2(user, TOKEN));
        refused(CREDENTIALS, () -> new OauthBearer(user, "h", 993, TOKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\1b", "tokén", "a\u007f"})
    void tokensThatCouldWriteFields_areRefused(String token) {
        SaslRefusedException refusal = refused(CREDENTIALS, () -> new Xoauth2("u", Secret.of(token)));
        refused(CREDENTIALS, () -> new OauthBearer("u", "h", 993, Secret.of(token)));
        assertFalse(refusal.getMessage().contains(token), refusal::getMessage);
    }

    @Test
    void toString_isTheNameAlone() throws SaslRefusedException {
        for (SaslMechanism mechanism : fresh()) {
            assertEquals(mechanism.name(), mechanism.toString());
        }
    }

    private static List<SaslMechanism> fresh() throws SaslRefusedException {
        return List.of(
                new Plain("u", TOKEN),
                new Xoauth2("u", TOKEN),
                new OauthBearer("u", "h", 993, TOKEN),
                new ScramSha256("u", TOKEN));
    }
}
