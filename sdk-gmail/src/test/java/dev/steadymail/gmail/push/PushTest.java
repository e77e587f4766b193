package dev.steadymail.gmail.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.auth.Tokens;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.gmail.PushEndpoint;
import dev.steadymail.testkit.gmail.PushTokenFlaw;
import dev.steadymail.testkit.time.ManualTime;
import dev.steadymail.time.Deadline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PushTest {
    private static final String USER = "ada@example.com";
    private static final String TOPIC = "projects/p/topics/mail";
    private static final String SUBSCRIPTION = "projects/p/subscriptions/mail";
    private static final PushEndpoint ENDPOINT = new PushEndpoint(
            URI.create("http://127.0.0.1:1/push"), "https://mail.example.com/push", "pusher@p.iam.gserviceaccount.com");

    private final ManualTime time = new ManualTime();
    private final FakeGmail server =
            FakeGmail.builder().user(USER, "token").clock(time::now).start();
    private final SigningKeys keys =
            SigningKeys.at(URI.create(server.certsUrl()), time.timeSource(1), HostResolver.SYSTEM);
    private final GmailNotifications notifications = new GmailNotifications();
    private final BlockingQueue<GmailNotification> heard = new LinkedBlockingQueue<>();
    private final PushReceiver receiver =
            new PushReceiver(ENDPOINT.audience(), ENDPOINT.serviceAccount(), keys, time::now, notifications);
    private final ExecutorService workers = Executors.newCachedThreadPool();

    PushTest() {
        var unused = notifications.listen("ADA@example.com", heard::add);
    }

    @AfterEach
    void close() {
        keys.close();
        workers.shutdownNow();
        server.close();
    }

    @Test
    void soundPush_isHandedOn() {
        receiver.receive(bearer(PushTokenFlaw.NONE), body("{\"emailAddress\":\"ada@example.com\",\"historyId\":9876}"));
        receiver.receive(
                bearer(PushTokenFlaw.NONE), body("{\"emailAddress\":\"eve@example.com\",\"historyId\":\"1\"}"));
        assertEquals(new GmailNotification(USER, BigInteger.valueOf(9876)), heard.poll());
        assertEquals(0, heard.size());
    }

    @Test
    void everyFlaw_isRefusedBeforeTheBodyIsRead() throws IOException {
        // Reading it would end in kind INVALID.
        InputStream unread = InputStream.nullInputStream();
        unread.close();
        for (PushTokenFlaw flaw : PushTokenFlaw.values()) {
            if (flaw != PushTokenFlaw.NONE) {
                MailException refused =
                        assertThrows(MailException.class, () -> receiver.receive(bearer(flaw), unread), flaw.name());
                assertEquals(Kind.FORBIDDEN, refused.kind(), flaw.name());
            }
        }
        for (String header : new String[] {
            null, "", "Bearer", "Bearer x", "Bearer a.b.c", "Basic eDp5", "Bearer " + "x".repeat(20_000)
        }) {
            assertThrows(MailException.class, () -> receiver.receive(header, unread), header);
        }
    }

    @Test
    void newKey_isAskedFor_andWrongKeysCannotHaveUsAskWithoutEnd() {
        receiver.receive(bearer(PushTokenFlaw.NONE), body("{\"emailAddress\":\"ada@example.com\",\"historyId\":1}"));
        server.pubSub().rotateKey();
        String later = bearer(PushTokenFlaw.NONE);
        assertThrows(MailException.class, () -> receiver.receive(later, InputStream.nullInputStream()));
        time.advance(Duration.ofMinutes(1));
        receiver.receive(later, body("{\"emailAddress\":\"ada@example.com\",\"historyId\":2}"));
        assertEquals(2, heard.size());
    }

    @Test
    void whatIsNoNotification_isInvalid() {
        String good = bearer(PushTokenFlaw.NONE);
        for (String data : new String[] {"", "[]", "{}", "{\"emailAddress\":\"a\"}", "{\"historyId\":1}", "x"}) {
            MailException invalid = assertThrows(MailException.class, () -> receiver.receive(good, body(data)), data);
            assertEquals(Kind.INVALID, invalid.kind(), data);
        }
        for (String raw : new String[] {"", "{", "{\"message\":7}", "x".repeat(70_000)}) {
            assertThrows(
                    MailException.class,
                    () -> receiver.receive(good, new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Test
    void pulled_isHandedOnAndAcknowledged_alsoAfterFailures() throws InterruptedException {
        server.pubSub().subscribe(SUBSCRIPTION, TOPIC);
        server.pubSub().publish(TOPIC, USER, 41);
        server.pubSub().publish(TOPIC, "eve@example.com", 7);
        try (PubSubPull pull = PubSubPull.start(
                URI.create(server.rootUrl()),
                SUBSCRIPTION,
                Tokens.fixed("token"),
                notifications,
                time.timeSource(2),
                workers,
                HostResolver.SYSTEM)) {
            assertEquals(BigInteger.valueOf(41), next().historyId());
            server.inject(dev.steadymail.testkit.gmail.GmailFault.status(503, "backendError", "x")
                    .onPath(":pull")
                    .times(2));
            server.pubSub().publish(TOPIC, USER, 42);
            assertEquals(BigInteger.valueOf(42), next().historyId());
            assertNotNull(pull);
            long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (server.pubSub().waiting(SUBSCRIPTION) > 0) {
                assertTrue(System.nanoTime() < patience, "not acknowledged");
                Thread.onSpinWait();
            }
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> PubSubPull.start(
                        URI.create(server.rootUrl()),
                        "mail",
                        Tokens.fixed("token"),
                        notifications,
                        time.timeSource(2),
                        workers,
                        HostResolver.SYSTEM));
    }

    @Test
    void failureThatNobodyForesaw_doesNotEndThePulling() throws InterruptedException {
        server.pubSub().subscribe(SUBSCRIPTION, TOPIC);
        server.pubSub().publish(TOPIC, USER, 41);
        AtomicInteger asked = new AtomicInteger();
        try (PubSubPull pull = PubSubPull.start(
                URI.create(server.rootUrl()),
                SUBSCRIPTION,
                new FailingFirst(Tokens.fixed("token"), asked),
                notifications,
                time.timeSource(2),
                workers,
                HostResolver.SYSTEM)) {
            assertEquals(BigInteger.valueOf(41), next().historyId());
            assertTrue(asked.get() > 1);
            assertNotNull(pull);
        }
    }

    @Test
    void keysThatCannotBeAskedFor_areNetworkTroubleAlsoTheSecondTime() {
        try (SigningKeys none =
                SigningKeys.at(URI.create("http://127.0.0.1:1/"), time.timeSource(1), HostResolver.SYSTEM)) {
            PushReceiver unable =
                    new PushReceiver(ENDPOINT.audience(), ENDPOINT.serviceAccount(), none, time::now, notifications);
            String sound = bearer(PushTokenFlaw.NONE);
            for (int i = 0; i < 3; i++) {
                MailException failure =
                        assertThrows(MailException.class, () -> unable.receive(sound, InputStream.nullInputStream()));
                assertEquals(Kind.NETWORK, failure.kind());
            }
        }
    }

    private GmailNotification next() throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            GmailNotification notification = heard.poll(5, TimeUnit.MILLISECONDS);
            if (notification != null) {
                return notification;
            }
            time.advance(Duration.ofSeconds(1));
        }
        throw new AssertionError("nothing was heard");
    }

    private String bearer(PushTokenFlaw flaw) {
        return flaw == PushTokenFlaw.ABSENT ? "" : "Bearer " + server.pubSub().token(ENDPOINT, flaw);
    }

    private static InputStream body(String data) {
        String encoded = Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8));
        return new ByteArrayInputStream(("{\"message\":{\"data\":\"" + encoded
                        + "\",\"messageId\":\"1\",\"publishTime\":\"2026-11-29T10:00:00Z\"},\"subscription\":\""
                        + SUBSCRIPTION + "\"}")
                .getBytes(StandardCharsets.UTF_8));
    }

    private record FailingFirst(TokenSource tokens, AtomicInteger asked) implements TokenSource {
        @Override
        public AccessToken token(Deadline deadline) {
            if (asked.getAndIncrement() == 0) {
                throw new IllegalStateException("s3cr3t");
            }
            return tokens.token(deadline);
        }

        @Override
        public AccessToken tokenAfterRefusal(AccessToken refused, Deadline deadline) {
            return tokens.tokenAfterRefusal(refused, deadline);
        }
    }
}
