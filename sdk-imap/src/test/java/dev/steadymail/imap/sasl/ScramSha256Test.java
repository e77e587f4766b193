package dev.steadymail.imap.sasl;

import static dev.steadymail.imap.sasl.SaslRefusedException.Fault.CREDENTIALS;
import static dev.steadymail.imap.sasl.SaslRefusedException.Fault.SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.auth.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of RFC 7677 section 3, and what a server may not do to it. */
class ScramSha256Test extends SaslTestCase {
    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String BOTH = NONCE + "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";
    private static final String FIRST = "r=" + BOTH + ",s=" + SALT + ",i=4096";
    private static final String SIGNATURE = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    @Test
    void exchange_isTheExampleOfItsRfc() throws SaslRefusedException {
        ScramSha256 scram = started();
        assertEquals(
                "c=biws,r=" + BOTH + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                text(scram.respond(octets(FIRST))));
        assertEquals(0, scram.respond(octets("v=" + SIGNATURE)).length);
        scram.finish();
    }

    @Test
    void withoutInitialResponse_theEmptyChallengeAsksForIt() throws SaslRefusedException {
        ScramSha256 scram = new ScramSha256("user", Secret.of("pencil"), NONCE);
        assertEquals("n,,n=user,r=" + NONCE, text(scram.respond(new byte[0])));
        scram.respond(octets(FIRST));
        scram.respond(octets("v=" + SIGNATURE + ",x=later"));
        scram.finish();
    }

    @Test
    void nonces_differ() throws SaslRefusedException {
        String first = text(new ScramSha256("user", Secret.of("pencil")).initialResponse());
        String second = text(new ScramSha256("user", Secret.of("pencil")).initialResponse());
        assertTrue(first.matches("n,,n=user,r=[A-Za-z0-9+/]{24}"), first);
        assertNotEquals(first, second);
    }

    @Test
    void userName_cannotWriteSyntax() throws SaslRefusedException {
        ScramSha256 scram = new ScramSha256("a=b,r=c", Secret.of("pencil"), NONCE);
        assertEquals("n,,n=a=3Db=2Cr=3Dc,r=" + NONCE, text(scram.initialResponse()));
    }

    @Test
    void serverThatSaysOkEarly_isRefused() throws SaslRefusedException {
        ScramSha256 scram = started();
        refused(SERVER, scram::finish);
        scram.respond(octets(FIRST));
        refused(SERVER, scram::finish);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
                "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95A==",
                "v=",
                "v",
                "",
                "v=?",
                "x=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
            })
    void wrongSignature_isRefused(String last) throws SaslRefusedException {
        ScramSha256 scram = started();
        scram.respond(octets(FIRST));
        refused(SERVER, () -> scram.respond(octets(last)));
        refused(SERVER, scram::finish);
        refused(SERVER, () -> scram.respond(octets("v=" + SIGNATURE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "r=" + NONCE,
                "r=" + BOTH + ",s=" + SALT,
                "r=" + BOTH + ",i=4096,s=" + SALT,
                "s=" + SALT + ",r=" + BOTH + ",i=4096",
                "m=ext,r=" + BOTH + ",s=" + SALT + ",i=4096",
                "r=" + NONCE + ",s=" + SALT + ",i=4096",
                "r=another" + BOTH + ",s=" + SALT + ",i=4096",
                "r=rOprNGfwEbeRWgbNEkqo%hvYDp,s=" + SALT + ",i=4096",
                "r=" + BOTH + "\u0007,s=" + SALT + ",i=4096",
                "r=" + BOTH + ",s=,i=4096",
                "r=" + BOTH + ",s=!!,i=4096",
                "v=" + SIGNATURE
            })
    void malformedFirstMessage_isRefused(String first) throws SaslRefusedException {
        ScramSha256 scram = started();
        refused(SERVER, () -> scram.respond(octets(first)));
        refused(SERVER, scram::finish);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "4095",
                "600001",
                "2147483647",
                "2147483648",
                "4294971392",
                "99999999999",
                "-4096",
                "04096",
                "+4096",
                "4096x",
                ""
            })
    void iterationsOutOfTheWindow_areRefused(String count) throws SaslRefusedException {
        ScramSha256 scram = started();
        refused(SERVER, () -> scram.respond(octets("r=" + BOTH + ",s=" + SALT + ",i=" + count)));
    }

    @Test
    void mostIterations_areTaken() throws SaslRefusedException {
        assertEquals(600_000, ScramServerFirst.read("r=" + BOTH + ",s=" + SALT + ",i=600000", NONCE).iterations);
    }

    @Test
    void extensionsAfterTheCount_arePartOfWhatIsSigned() throws SaslRefusedException {
        ScramSha256 scram = started();
        String answer = text(scram.respond(octets(FIRST + ",x=é")));
        assertFalse(answer.contains("dHzbZapWIk4jUhN"), answer);
        refused(SERVER, () -> scram.respond(octets("v=" + SIGNATURE)));
    }

    @ParameterizedTest
    @CsvSource({
        "invalid-proof, CREDENTIALS",
        "unknown-user, CREDENTIALS",
        "no-resources, SERVER",
        "other-error, SERVER",
    })
    void errors_areNamed(String error, SaslRefusedException.Fault fault) throws SaslRefusedException {
        ScramSha256 scram = started();
        scram.respond(octets(FIRST));
        refused(fault, () -> scram.respond(octets("e=" + error)));
        assertEquals(Optional.of(error), scram.serverError());
        refused(SERVER, scram::finish);
    }

    @Test
    void errorsThatWouldSteerATerminal_haveNoName() throws SaslRefusedException {
        ScramSha256 scram = started();
        refused(SERVER, () -> scram.respond(octets("e=\u001b[2J")));
        assertEquals(Optional.empty(), scram.serverError());
    }

    @Test
    void passwordThatSaslprepForbids_isRefusedWithoutShowingIt() {
        SaslRefusedException refusal = refused(CREDENTIALS, () -> new ScramSha256("user", Secret.of("tab\tbed")));
        assertFalse(refusal.getMessage().contains("bed"), refusal::getMessage);
        refused(CREDENTIALS, () -> new ScramSha256("us\u0007er", Secret.of("pencil")));
        refused(CREDENTIALS, () -> new ScramSha256("", Secret.of("pencil")));
    }

    @Test
    void samePasswordInOtherCharacters_provesTheSame() throws SaslRefusedException {
        ScramSha256 scram = new ScramSha256("us\u00ADer", Secret.of("\uFF50\uFF45ncil"), NONCE);
        assertEquals("n,,n=user,r=" + NONCE, text(scram.initialResponse()));
        scram.respond(octets(FIRST));
        scram.respond(octets("v=" + SIGNATURE));
        scram.finish();
    }

    private static ScramSha256 started() throws SaslRefusedException {
        ScramSha256 scram = new ScramSha256("user", Secret.of("pencil"), NONCE);
        assertEquals("n,,n=user,r=" + NONCE, text(scram.initialResponse()));
        return scram;
    }
}
