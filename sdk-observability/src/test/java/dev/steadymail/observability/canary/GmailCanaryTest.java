package dev.steadymail.observability.canary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Tokens;
import dev.steadymail.gmail.GmailAccount;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.QuotaPlan;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.gmail.GmailFault;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing private of a Gmail account shows anywhere, whatever goes wrong. */
@Timeout(300)
class GmailCanaryTest {
    private final FakeGmail gmail =
            FakeGmail.builder().user(Canaries.USER, Canaries.TOKEN).start();
    private final Trail trail = new Trail();
    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);

    @BeforeEach
    void deliver() {
        for (int n = 0; n < 3; n++) {
            var unused = gmail.mailbox(Canaries.USER).add(Canaries.message(n), "INBOX");
        }
    }

    @AfterEach
    void close() {
        trail.close();
        gmail.close();
    }

    @Test
    void nothingPrivate_showsAnywhere_whateverGoesWrong() {
        use(Canaries.TOKEN);
        use("kanartoken that is wrong");
        for (int status : List.of(400, 401, 403, 404, 409, 412, 413, 429, 500, 503)) {
            broken(GmailFault.status(status, Canaries.SERVER + " is no code", text())
                    .always());
        }
        broken(GmailFault.status(200, "application/json", "{\"" + text() + "\":", Map.of())
                .always());
        broken(GmailFault.status(503, "text/html", "<p>" + text(), Map.of("Location", "/" + Canaries.SERVER))
                .always());
        broken(GmailFault.resetBefore().always());
        broken(GmailFault.resetAfter().always());
        broken(GmailFault.truncate(10).always());
        broken(GmailFault.cutBody(10).always());
        broken(GmailFault.stall(5).times(3));
        assertEquals(List.of(), trail.hits(true));
        kinds.addAll(trail.kinds());
        assertTrue(
                kinds.containsAll(EnumSet.of(
                        Kind.AUTH,
                        Kind.NETWORK,
                        Kind.NOT_FOUND,
                        Kind.CONFLICT,
                        Kind.INVALID,
                        Kind.UNAVAILABLE,
                        Kind.THROTTLED,
                        Kind.FORBIDDEN)),
                kinds::toString);
    }

    private static String text() {
        return Canaries.SERVER + " says " + Canaries.USER + " may not " + Canaries.SUBJECT;
    }

    private void broken(GmailFault fault) {
        gmail.inject(fault);
        use(Canaries.TOKEN);
        gmail.clearFaults();
    }

    private void use(String token) {
        GmailAccount account = GmailAccount.with(Tokens.fixed(token))
                .user(Canaries.USER)
                .rootUrl(URI.create(gmail.rootUrl()))
                .guarded(GuardSettings.GMAIL.toBuilder()
                        .quota(QuotaPlan.NONE)
                        .starts(1_000, Duration.ofSeconds(1))
                        .attemptTimeout(Duration.ofMillis(150))
                        .retryPolicy(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(2)))
                        .build());
        try (MailRuntime runtime =
                        trail.runtime().callTimeout(Duration.ofMillis(300)).build();
                MailClient mail = runtime.open(account)) {
            mail.protocolLog().start();
            Usage usage = new Usage(mail);
            usage.everything();
            kinds.addAll(usage.kinds());
            trail.failed(usage.errors());
            trail.left(mail);
        }
    }
}
