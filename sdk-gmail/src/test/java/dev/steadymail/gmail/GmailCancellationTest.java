package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Tokens;
import dev.steadymail.gmail.http.HttpConnections;
import dev.steadymail.gmail.http.HttpRoute;
import dev.steadymail.gmail.http.HttpTimeouts;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.testkit.conformance.MailFixture.Stall;
import dev.steadymail.testkit.gmail.FakeGmail;
import java.net.URI;
import java.time.Duration;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

class GmailCancellationTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void deadline_passed_closesTheSocket() throws InterruptedException {
        try (FakeGmail server =
                        FakeGmail.builder().user("ada@example.com", "token").start();
                StallingProxy proxy =
                        new StallingProxy(URI.create(server.rootUrl()).getPort());
                MailRuntime runtime = MailRuntime.builder()
                        .callTimeout(Duration.ofMillis(500))
                        .build();
                MailClient client =
                        runtime.open(GmailAccount.with(Tokens.fixed("token")).rootUrl(URI.create(proxy.rootUrl())));
                Stall stall = proxy.stall()) {
            MailException failure =
                    assertThrows(MailException.class, () -> client.mailboxes().list());
            assertEquals(Kind.DEADLINE, failure.kind());
            assertTrue(stall.awaitRequest(SOON));
            assertTrue(proxy.awaitClosed(SOON), "the connection is still open");
        }
    }

    @Test
    void call_endingAfterClose_leavesNoSocket() throws Exception {
        try (FakeGmail server =
                        FakeGmail.builder().user("ada@example.com", "token").start();
                StallingProxy proxy =
                        new StallingProxy(URI.create(server.rootUrl()).getPort())) {
            URI root = URI.create(proxy.rootUrl());
            HttpConnections connections =
                    HttpConnections.to(HttpRoute.usual(root, HostResolver.SYSTEM), HttpTimeouts.DEFAULT);
            connections.close();
            Request request = new Request.Builder().url(proxy.rootUrl()).build();
            try (Response response = connections.calls().newCall(request).execute()) {
                assertTrue(response.body().bytes().length > 0);
            }
            assertTrue(proxy.awaitClosed(SOON), "the connection is still open");
        }
    }

    @Test
    void runtime_closed_closesIdleSockets() throws InterruptedException {
        try (FakeGmail server =
                        FakeGmail.builder().user("ada@example.com", "token").start();
                StallingProxy proxy =
                        new StallingProxy(URI.create(server.rootUrl()).getPort())) {
            try (MailRuntime runtime = MailRuntime.create();
                    MailClient client = runtime.open(
                            GmailAccount.with(Tokens.fixed("token")).rootUrl(URI.create(proxy.rootUrl())))) {
                client.mailboxes().list();
            }
            assertTrue(proxy.awaitClosed(SOON), "the connection is still open");
        }
    }
}
