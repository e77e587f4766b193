package dev.steadymail.oauth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.testkit.time.ManualTime;
import dev.steadymail.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAccountTest {
    private static KeyPair keys;

    private final ManualTime manual = new ManualTime();
    private final TimeSource time = manual.timeSource(1);
    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void assertion_isSignedAndSaysWhoForWhomAndForWhat() throws Exception {
        server.stubFor(any(anyUrl()).willReturn(okJson("{\"access_token\":\"at\",\"expires_in\":3600}")));
        assertEquals("at", token(tokens()));
        String body = server.findAll(anyRequestedFor(anyUrl())).get(0).getBodyAsString();
        Map<String, String> form = QueryText.parse(body);
        assertEquals("urn:ietf:params:oauth:grant-type:jwt-bearer", form.get("grant_type"));
        String[] parts = form.get("assertion").split("\\.");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertTrue(signature.verify(Base64.getUrlDecoder().decode(parts[2])));
        assertEquals(Map.of("alg", "RS256", "typ", "JWT", "kid", "key-1"), json(parts[0]));
        long now = manual.now().getEpochSecond();
        assertEquals(
                Map.of(
                        "iss",
                        "robot@project.iam.gserviceaccount.com",
                        "sub",
                        "ada@example.com",
                        "scope",
                        "https://mail.google.com/",
                        "aud",
                        url(),
                        "iat",
                        String.valueOf(now),
                        "exp",
                        String.valueOf(now + 3_600)),
                json(parts[1]));
    }

    @Test
    void token_isKeptAndReplacedBeforeItEnds() {
        server.stubFor(any(anyUrl()).willReturn(okJson("{\"access_token\":\"at\",\"expires_in\":3600}")));
        TokenSource tokens = tokens();
        token(tokens);
        manual.advance(Duration.ofMinutes(54));
        token(tokens);
        server.verify(1, anyRequestedFor(anyUrl()));
        manual.advance(Duration.ofMinutes(1));
        token(tokens);
        server.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void missingDelegation_isForbiddenWithARemedy() {
        answerRefused(401, "unauthorized_client");
        MailException failure = assertThrows(MailException.class, () -> token(tokens()));
        assertEquals(Kind.FORBIDDEN, failure.kind());
        assertTrue(String.valueOf(failure.getMessage()).contains("delegation"), failure::getMessage);
    }

    @Test
    void unknownUser_isExplainedAsSuch() {
        answerRefused(400, "invalid_grant");
        MailException failure = assertThrows(MailException.class, () -> token(tokens()));
        assertEquals(Kind.REAUTH_REQUIRED, failure.kind());
        assertTrue(String.valueOf(failure.getMessage()).contains("clock"), failure::getMessage);
        assertFalse(String.valueOf(failure.getMessage()).contains("ada"), failure::getMessage);
    }

    @Test
    void keyFile_isReadFromDisk(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("key.json"), keyFile("service_account", pem()));
        assertFalse(ServiceAccount.read(file).toString().contains("robot"));
        MailException missing =
                assertThrows(MailException.class, () -> ServiceAccount.read(folder.resolve("missing.json")));
        assertEquals(Kind.STORAGE, missing.kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n"
            })
    void keyThatIsNone_isRefusedAndNotRepeated(String key) {
        MailException failure =
                assertThrows(MailException.class, () -> ServiceAccount.parse(keyFile("service_account", key)));
        assertEquals(Kind.INVALID, failure.kind());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertFalse(cause.toString().contains("hunter2"), cause::toString);
        }
    }

    @Test
    void otherFiles_areRefused() {
        for (byte[] content :
                List.of(keyFile("authorized_user", pem()), new byte[0], "[]".getBytes(StandardCharsets.UTF_8))) {
            MailException failure = assertThrows(MailException.class, () -> ServiceAccount.parse(content));
            assertEquals(Kind.INVALID, failure.kind());
        }
    }

    private TokenSource tokens() {
        return ServiceAccount.parse(keyFile("service_account", pem()))
                .tokenUrl(URI.create(url()))
                .tokens("ada@example.com", time, HostResolver.SYSTEM);
    }

    private String token(TokenSource tokens) {
        return tokens.token(time.deadline(Duration.ofSeconds(30))).value().reveal();
    }

    private void answerRefused(int status, String error) {
        server.stubFor(
                any(anyUrl()).willReturn(aResponse().withStatus(status).withBody("{\"error\":\"" + error + "\"}")));
    }

    private String url() {
        return "http://127.0.0.1:" + server.port() + "/token";
    }

    private static Map<String, String> json(String part) {
        return Answer.fields(Base64.getUrlDecoder().decode(part));
    }

    private static String pem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static byte[] keyFile(String type, String key) {
        return ("{\"type\":\"" + type + "\",\"project_id\":\"p\",\"private_key_id\":\"key-1\",\"private_key\":\""
                        + key.replace("\n", "\\n")
                        + "\",\"client_email\":\"robot@project.iam.gserviceaccount.com\",\"client_id\":\"1\","
                        + "\"token_uri\":\"https://oauth2.googleapis.com/token\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
