package dev.steadymail.testkit.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginDialogueTest {
    private static final String WELCOME = "235 2.7.0 welcome\r\n";
    private static final String INVALID = "535 5.7.8 credentials invalid\r\n";

    private final SmtpDialogue dialogue = SmtpDialogue.with(
                    settings -> settings.user("ada", "secret").token("ada", "tok"))
            .open(false);

    LoginDialogueTest() {
        dialogue.send("EHLO client.test\r\n");
        assertTrue(dialogue.answers().contains("250-AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER SCRAM-SHA-256\r\n"));
    }

    /** Each response with its answer; {@code ~} is NUL, {@code ^} control-A. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PLAIN|~ada~secret|235",
                "PLAIN|ada~ada~secret|235",
                "PLAIN|bob~ada~secret|535",
                "PLAIN|~ada~wrong|535",
                "PLAIN|~bob~secret|535",
                "PLAIN|ada~secret|501",
                "PLAIN|~ada~|501",
                "XOAUTH2|user=ada^auth=Bearer tok^^|235",
                "XOAUTH2|user=ada^auth=Bearer tok^|501",
                "XOAUTH2|user=ada^^|501",
                "OAUTHBEARER|n,a=ada,^host=h^port=1^auth=Bearer tok^^|235",
                "OAUTHBEARER|n,,^auth=Bearer tok^^|235",
                "OAUTHBEARER|p=x,,^auth=Bearer tok^^|501",
            })
    void loginOfOneResponse(String mechanism, String response, String code) {
        String text = base64(response.replace('~', '\0').replace('^', '\1'));
        String came = dialogue.send("AUTH " + mechanism + " " + text + "\r\n").answers();
        assertTrue(came.startsWith(code), came);
        dialogue.send("RSET\r\n").answers();
        if (!code.equals("235")) {
            assertEquals("334 \r\n", dialogue.send("AUTH " + mechanism + "\r\n").answers());
            came = dialogue.send(text + "\r\n").answers();
            assertTrue(came.startsWith(code), came);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "XOAUTH2", "OAUTHBEARER"})
    void withoutInitialResponse_theChallengeIsEmpty(String mechanism) {
        String response =
                switch (mechanism) {
                    case "PLAIN" -> "\0ada\0secret";
                    case "XOAUTH2" -> "user=ada\1auth=Bearer tok\1\1";
                    default -> "n,a=ada,\1auth=Bearer tok\1\1";
                };
        assertEquals("334 \r\n", dialogue.send("auth " + mechanism + "\r\n").answers());
        assertEquals(WELCOME, dialogue.send(base64(response) + "\r\n").answers());
        assertEquals(Map.of(), dialogue.mailroom.violations());
    }

    @Test
    void wrongToken_isExplainedFirst() {
        String came = dialogue.send("AUTH XOAUTH2 " + base64("user=ada\1auth=Bearer old\1\1") + "\r\n")
                .answers();
        assertTrue(new String(Base64.getDecoder().decode(came.substring(4).strip()), StandardCharsets.UTF_8)
                .contains("\"status\":\"400\""));
        assertEquals(INVALID, dialogue.send("\r\n").answers());
        came = dialogue.send("AUTH OAUTHBEARER " + base64("n,a=bob,\1auth=Bearer tok\1\1") + "\r\n")
                .answers();
        assertTrue(new String(Base64.getDecoder().decode(came.substring(4).strip()), StandardCharsets.UTF_8)
                .contains("invalid_token"));
        assertEquals(INVALID, dialogue.send("AQ==\r\n").answers());
        assertEquals(Map.of(), dialogue.mailroom.violations());
    }

    @Test
    void expiredToken_isRefused_andTheServerStaysShut() {
        SmtpSettings settings = SmtpSettings.builder().token("ada", "tok").build();
        assertTrue(settings.users().acceptsToken("ada", "tok"));
        settings.users().expireTokens("ada");
        assertFalse(settings.users().acceptsToken("ada", "tok"));
        assertTrue(settings.mailNeedsLogin());
    }

    @Test
    void login_asksForUserAndPassword() {
        assertEquals("334 VXNlcm5hbWU6\r\n", dialogue.send("AUTH LOGIN\r\n").answers());
        assertEquals(
                "334 UGFzc3dvcmQ6\r\n", dialogue.send(base64("ada") + "\r\n").answers());
        assertEquals(INVALID, dialogue.send(base64("wrong") + "\r\n").answers());
        assertEquals(
                "334 UGFzc3dvcmQ6\r\n",
                dialogue.send("AUTH LOGIN " + base64("ada") + "\r\n").answers());
        assertEquals(WELCOME, dialogue.send(base64("secret") + "\r\n").answers());
    }

    @ParameterizedTest
    @CsvSource({"ada,secret,true", "ada,wrong,false", "bob,secret,false"})
    void scram_provesBothSides(String user, String password, boolean good) {
        ScramClient client = new ScramClient(user, password);
        String first = dialogue.send("AUTH SCRAM-SHA-256 " + base64(client.first()) + "\r\n")
                .answers();
        String proof = client.proof(decoded(first));
        String last = dialogue.send(base64(proof) + "\r\n").answers();
        if (good) {
            assertEquals(client.serverSignature(), decoded(last));
            assertEquals(WELCOME, dialogue.send("\r\n").answers());
        } else {
            assertEquals(INVALID, last);
        }
    }

    @Test
    void scram_refusesAnotherNonceAndNoise() {
        ScramClient client = new ScramClient("ada", "secret");
        String first = decoded(
                dialogue.send("AUTH SCRAM-SHA-256\r\n").answers().isEmpty()
                        ? ""
                        : dialogue.send(base64(client.first()) + "\r\n").answers());
        assertTrue(first.startsWith("r=" + ScramClient.NONCE), first);
        String other = client.proof(first).replace("r=" + ScramClient.NONCE, "r=other");
        assertTrue(dialogue.send(base64(other) + "\r\n").answers().startsWith("501 5.5.2"));
        assertTrue(dialogue.send("AUTH SCRAM-SHA-256 " + base64("p=tls-unique,,n=ada,r=x") + "\r\n")
                .answers()
                .startsWith("501 5.5.2"));
    }

    /** The example of RFC 7677 section 3. */
    @Test
    void scramKeys_areThoseOfTheSpecification() {
        byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
        String nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        String exchange =
                "n=user,r=rOprNGfwEbeRWgbNEkqO,r=" + nonce + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=" + nonce;
        ScramSecret secret = ScramSecret.of(salt, "pencil");
        assertEquals(
                "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                Base64.getEncoder().encodeToString(secret.clientProof(exchange)));
        assertEquals(
                "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
                Base64.getEncoder().encodeToString(secret.serverSignature(exchange)));
    }

    @Test
    void asterisk_givesUp_andNoiseIsRefused() {
        dialogue.play("""
                C: AUTH PLAIN
                S: 334\s
                C: *
                S: 501 5.7.0 the login was given up
                C: AUTH PLAIN
                S: 334\s
                C: !!
                S: 501 5.7.0 not base64
                C: AUTH PLAIN =
                S: 501 5.5.2 not what the mechanism says
                C: AUTH DIGEST-MD5
                S: 504 5.5.4 this mechanism is not offered
                C: AUTH
                S: 501 5.5.4 AUTH takes a mechanism and perhaps a response
                C: MAIL FROM:<ada@example.com>
                S: 530 5.7.0 authentication required
                """);
    }

    @Test
    void loginTwice_andInAMessage_isRefused() {
        dialogue.send("AUTH PLAIN " + base64("\0ada\0secret") + "\r\n").answers();
        dialogue.play("""
                C: AUTH PLAIN AGFkYQBzZWNyZXQ=
                S: 503 5.5.1 AUTH comes once, behind EHLO and before MAIL
                C: MAIL FROM:<ada@example.com> AUTH=<>
                S: 250 2.1.0 sender ok
                """);
    }

    @Test
    void startTls_beginsAnew_andForgetsWhatWasSmuggledBehindIt() {
        SmtpDialogue plain = SmtpDialogue.with(
                        settings -> settings.user("ada", "secret").startTls().loginNeedsTls())
                .open(false);
        plain.play("""
                S: 220 smtp.test ESMTP ready
                C: EHLO c
                S: 250-smtp.test
                S: 250-STARTTLS
                S: 250-PIPELINING
                S: 250-SIZE 36700160
                S: 250-8BITMIME
                S: 250-ENHANCEDSTATUSCODES
                S: 250-DSN
                S: 250-CHUNKING
                S: 250 SMTPUTF8
                C: AUTH PLAIN AGFkYQBzZWNyZXQ=
                S: 538 5.7.11 encryption required
                """);
        plain.send("STARTTLS\r\nEHLO evil\r\n");
        assertEquals("220 2.0.0 go ahead\r\n<tls>\n", plain.answers());
        plain.send("MAIL FROM:<evil@example.com>\r\n");
        plain.session.tlsStarted();
        plain.play("""
                C: MAIL FROM:<ada@example.com>
                S: 503 5.5.1 EHLO first
                C: EHLO c
                S: 250-smtp.test
                S: 250-PIPELINING
                S: 250-SIZE 36700160
                S: 250-AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER SCRAM-SHA-256
                S: 250-8BITMIME
                S: 250-ENHANCEDSTATUSCODES
                S: 250-DSN
                S: 250-CHUNKING
                S: 250 SMTPUTF8
                C: STARTTLS
                S: 503 5.5.1 too late for STARTTLS
                C: AUTH PLAIN AGFkYQBzZWNyZXQ=
                S: 235 2.7.0 welcome
                """);
        assertEquals(1, plain.mailroom.violations().get(SmtpViolation.EARLY_INPUT));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String challenge) {
        return new String(Base64.getDecoder().decode(challenge.substring(4).strip()), StandardCharsets.UTF_8);
    }
}
