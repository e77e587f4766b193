package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PushTest extends GmailTestCase {
    private static final String TOPIC = "projects/p/topics/t";
    private static final String SUBSCRIPTION = "projects/p/subscriptions/s";
    private static final String ISSUER = "https://accounts.google.com";

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private PushEndpoint endpoint;

    private record Received(String authorization, JsonObject body) {}

    PushTest() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint = new PushEndpoint(
                URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/push"),
                "https://mail.example.com/push",
                "pusher@p.iam.gserviceaccount.com");
    }

    @BeforeEach
    void receive() {
        receiver.createContext("/push", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            received.add(new Received(
                    authorization == null ? "" : authorization,
                    JsonParser.parseString(body).getAsJsonObject()));
            exchange.sendResponseHeaders(answers.isEmpty() ? 204 : answers.remove(0), -1);
            exchange.close();
        });
        receiver.start();
        gmail.pubSub().subscribe(SUBSCRIPTION, TOPIC, endpoint);
    }

    @AfterEach
    void stopReceiving() {
        receiver.stop(0);
    }

    @Test
    void mail_isPushedWithATokenThatTheServedKeyVerifies() throws Exception {
        http.post("watch", "{\"topicName\":\"" + TOPIC + "\"}");
        mailbox.add(TestMail.plain("a"), "INBOX");
        assertEquals(List.of(204, 204), gmail.pubSub().awaitPushes());
        Received last = received.get(1);
        assertEquals(SUBSCRIPTION, last.body().get("subscription").getAsString());
        JsonObject message = last.body().getAsJsonObject("message");
        JsonObject data = json(Base64.getDecoder().decode(message.get("data").getAsString()));
        assertEquals(
                Long.toUnsignedString(mailbox.historyId()),
                data.get("historyId").getAsString());
        assertTrue(last.authorization().startsWith("Bearer "));
        assertEquals("", flawOf(last.authorization().substring(7)));
        assertEquals(0, gmail.pubSub().waiting(SUBSCRIPTION));
    }

    @Test
    void refusedPush_waitsUntilItIsRedelivered() {
        answers.addAll(List.of(503, 500));
        gmail.pubSub().publish(TOPIC, ADA, 7);
        assertEquals(List.of(503), gmail.pubSub().awaitPushes());
        assertEquals(1, gmail.pubSub().waiting(SUBSCRIPTION));
        assertEquals(List.of(500), gmail.pubSub().redeliver());
        assertEquals(List.of(204), gmail.pubSub().redeliver());
        assertEquals(List.of(), gmail.pubSub().redeliver());
        assertEquals(1, received.stream().map(Received::body).distinct().count());
    }

    @Test
    void pushToNobody_isNoAnswer() {
        receiver.stop(0);
        gmail.pubSub().publish(TOPIC, ADA, 7);
        assertEquals(List.of(0), gmail.pubSub().awaitPushes());
        assertEquals(1, gmail.pubSub().waiting(SUBSCRIPTION));
    }

    @Test
    void absentToken_isNoHeader() {
        gmail.pubSub().flaw(PushTokenFlaw.ABSENT);
        gmail.pubSub().publish(TOPIC, "mallory@example.com", 7);
        assertEquals(List.of(204), gmail.pubSub().awaitPushes());
        assertEquals("", received.get(0).authorization());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"NONE", "ABSENT"},
            mode = EnumSource.Mode.EXCLUDE)
    void flawedToken_failsForThatReason(PushTokenFlaw flaw) throws Exception {
        gmail.pubSub().flaw(flaw);
        gmail.pubSub().publish(TOPIC, ADA, 7);
        assertEquals(List.of(204), gmail.pubSub().awaitPushes());
        assertEquals(flaw.name(), flawOf(received.get(0).authorization().substring(7)));
        assertEquals(flaw.name(), flawOf(gmail.pubSub().token(endpoint, flaw)));
    }

    @Test
    void rotatedKey_replacesTheServedOne() throws Exception {
        String before = gmail.pubSub().token(endpoint, PushTokenFlaw.NONE);
        assertEquals("", flawOf(before));
        gmail.pubSub().rotateKey();
        assertEquals("UNKNOWN_KEY", flawOf(before));
        String after = gmail.pubSub().token(endpoint, PushTokenFlaw.NONE);
        assertNotEquals(before, after);
        assertEquals("", flawOf(after));
    }

    @Test
    void endpoint_beyondLoopback_isRefused() {
        for (String url : List.of("http://example.com/", "https://127.0.0.1/", "http:/nowhere")) {
            assertThrows(IllegalArgumentException.class, () -> new PushEndpoint(URI.create(url), "a", "b"));
        }
    }

    /** Checks a token as a receiver must, by the served keys, and names the first flaw found. */
    private String flawOf(String token) throws Exception {
        String[] parts = token.split("\\.", -1);
        JsonObject header = json(unraw(parts[0]));
        JsonObject claims = json(unraw(parts[1]));
        if (!header.get("alg").getAsString().equals("RS256")) {
            assertTrue(parts[2].isEmpty());
            return "ALGORITHM_NONE";
        }
        JsonObject key = http.send(http.absolute("oauth2/v3/certs"))
                .json()
                .getAsJsonArray("keys")
                .get(0)
                .getAsJsonObject();
        assertEquals(gmail.rootUrl() + "oauth2/v3/certs", gmail.certsUrl());
        if (!key.get("kid").equals(header.get("kid"))) {
            return "UNKNOWN_KEY";
        }
        if (!isSigned(parts, key)) {
            return "SIGNATURE";
        }
        return claimFlaw(claims);
    }

    private String claimFlaw(JsonObject claims) {
        if (!claims.get("iss").getAsString().equals(ISSUER)) {
            return "ISSUER";
        }
        if (!claims.get("aud").getAsString().equals(endpoint.audience())) {
            return "AUDIENCE";
        }
        if (!claims.get("email").getAsString().equals(endpoint.serviceAccount())) {
            return "ACCOUNT";
        }
        if (!claims.get("email_verified").getAsBoolean()) {
            return "UNVERIFIED_EMAIL";
        }
        if (claims.get("exp").getAsLong() <= NOW.getEpochSecond()) {
            return "EXPIRED";
        }
        return claims.get("iat").getAsLong() > NOW.getEpochSecond() ? "NOT_YET_VALID" : "";
    }

    private static boolean isSigned(String[] parts, JsonObject key) throws Exception {
        BigInteger modulus = new BigInteger(1, unraw(key.get("n").getAsString()));
        BigInteger exponent = new BigInteger(1, unraw(key.get("e").getAsString()));
        PublicKey publicKey = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(publicKey);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertFalse(parts[2].isEmpty());
        return signature.verify(unraw(parts[2]));
    }

    private static JsonObject json(byte[] bytes) {
        return JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject();
    }
}
