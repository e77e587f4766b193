package dev.steadymail.gmail;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.auth.Tokens;
import dev.steadymail.gmail.http.HttpTimeouts;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.RetryPolicy;
import java.net.URI;
import java.time.Duration;

/** An account at a scripted server, with short time limits. */
final class WireMockedAccount implements AutoCloseable {
    static final String BASE = "/gmail/v1/users/me/";
    static final GmailSettings SETTINGS = GmailSettings.DEFAULT.withTimeouts(
            new HttpTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2)));

    final WireMockServer server = new WireMockServer(
            wireMockConfig().dynamicPort().bindAddress("127.0.0.1").gzipDisabled(true));
    final MailRuntime runtime;

    WireMockedAccount(int attempts) {
        server.start();
        runtime = MailRuntime.builder()
                .retryPolicy(new RetryPolicy(attempts, Duration.ofMillis(1), Duration.ofMillis(2)))
                .callTimeout(Duration.ofSeconds(20))
                .build();
    }

    MailClient client() {
        return client(Tokens.fixed("token"), SETTINGS);
    }

    MailClient client(TokenSource tokens, GmailSettings settings) {
        return runtime.open(account(tokens).settings(settings));
    }

    MailClient client(GuardSettings guard) {
        return runtime.open(account(Tokens.fixed("token")).settings(SETTINGS).guarded(guard));
    }

    private GmailAccount account(TokenSource tokens) {
        return GmailAccount.with(tokens).rootUrl(URI.create("http://127.0.0.1:" + server.port() + "/"));
    }

    @Override
    public void close() {
        runtime.close();
        server.stop();
    }
}
