package dev.steadymail.observability.canary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Credentials;
import dev.steadymail.cache.CacheSettings;
import dev.steadymail.cache.CachedAccount;
import dev.steadymail.cache.MailCache;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.smtp.SmtpServer;
import dev.steadymail.testkit.imap.FaultCount;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.smtp.SmtpFault;
import dev.steadymail.testkit.smtp.SmtpStage;
import dev.steadymail.testkit.smtp.SmtpTestServer;
import dev.steadymail.testkit.smtp.SmtpTimes;
import dev.steadymail.testkit.smtp.SmtpTrouble;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing private of an IMAP account and its submission server shows anywhere, whatever goes wrong. */
@Timeout(300)
class ImapCanaryTest {
    private final ImapTestServer imap =
            ImapTestServer.builder().user(Canaries.USER, Canaries.PASSWORD).start();
    private final SmtpTestServer smtp =
            SmtpTestServer.builder().user(Canaries.USER, Canaries.PASSWORD).start();
    private final MailCache cache = MailCache.inMemory(CacheSettings.DEFAULT);
    private final Trail trail = new Trail();
    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);

    /** What a use leaves in the inbox differs by what went wrong. */
    private void deliver() {
        for (int n = 0; n < 2; n++) {
            var unused = imap.account(Canaries.USER)
                    .append("INBOX", Canaries.message(n), List.of(), OffsetDateTime.now(ZoneOffset.UTC));
        }
    }

    @AfterEach
    void close() {
        trail.close();
        cache.close();
        imap.close();
        smtp.close();
    }

    @Test
    void nothingPrivate_showsAnywhere_whateverGoesWrong() {
        use(Canaries.PASSWORD);
        use("kanarpassword that is wrong");
        List<ImapFault> faults = List.of(
                new ImapFault.NoOn("LOGIN", "AUTHENTICATIONFAILED", text()),
                new ImapFault.NoOn("AUTHENTICATE", "UNAVAILABLE", text()),
                new ImapFault.NoOn("*", "", text()),
                new ImapFault.NoOn("FETCH", "LIMIT", text()),
                new ImapFault.NoOn("FETCH", "NONEXISTENT", text()),
                new ImapFault.NoOn("SELECT", "NOPERM", text()),
                new ImapFault.NoOn("SELECT", "KANARSERVER " + Canaries.MAILBOX, text()),
                new ImapFault.NoOn("APPEND", "OVERQUOTA", text()),
                new ImapFault.NoOn("CREATE", "ALREADYEXISTS", text()),
                new ImapFault.NoOn("SEARCH", "INUSE", text()),
                new ImapFault.NoOn("LIST", "SERVERBUG", text()),
                new ImapFault.BadOn("*", text()),
                new ImapFault.BadOn("SEARCH", text()),
                new ImapFault.ByeOn("FETCH", text()),
                new ImapFault.ByeOn("SELECT", text()),
                new ImapFault.DisconnectOn("FETCH"),
                new ImapFault.DisconnectOn("APPEND"),
                new ImapFault.SilentOn("FETCH"),
                new ImapFault.SilentOn("LIST"),
                new ImapFault.TruncateLiteral(20),
                new ImapFault.DisconnectAfterBytes(300),
                new ImapFault.DropAfterCommand("STORE"),
                new ImapFault.GreetingBye(text()),
                new ImapFault.NeverGreet());
        for (ImapFault fault : faults) {
            imap.inject(fault, FaultCount.always());
            use(Canaries.PASSWORD);
            imap.clearFaults();
        }
        for (SmtpStage stage : EnumSet.complementOf(EnumSet.of(SmtpStage.CONTENT))) {
            smtp.inject(
                    SmtpFault.at(stage, new SmtpTrouble.Answer(550, "5.7.1", List.of(text()), false)),
                    SmtpTimes.once());
            use(Canaries.PASSWORD);
        }
        assertEquals(List.of(), trail.hits(true));
        kinds.addAll(trail.kinds());
        assertTrue(
                kinds.containsAll(EnumSet.of(
                        Kind.AUTH,
                        Kind.NETWORK,
                        Kind.NOT_FOUND,
                        Kind.CONFLICT,
                        Kind.UNAVAILABLE,
                        Kind.UNSUPPORTED,
                        Kind.PROTOCOL,
                        Kind.FORBIDDEN)),
                kinds::toString);
    }

    private static String text() {
        return Canaries.SERVER + " says " + Canaries.USER + " may not " + Canaries.SUBJECT;
    }

    private void use(String password) {
        deliver();
        SmtpServer server = SmtpServer.at("127.0.0.1")
                .insecureLoopback()
                .port(smtp.port())
                .credentials(Credentials.password(Canaries.USER, Canaries.PASSWORD));
        ImapAccount account = ImapAccount.at("127.0.0.1", Credentials.password(Canaries.USER, password))
                .security(Security.NONE_LOOPBACK_ONLY)
                .port(imap.port())
                .submitting(server)
                .guarded(GuardSettings.IMAP.toBuilder()
                        .attemptTimeout(Duration.ofMillis(150))
                        .retryPolicy(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(2)))
                        .build());
        try (MailRuntime runtime =
                        trail.runtime().callTimeout(Duration.ofMillis(300)).build();
                MailClient mail = runtime.open(CachedAccount.of(account, cache))) {
            mail.protocolLog().start();
            Usage usage = new Usage(mail);
            usage.everything();
            kinds.addAll(usage.kinds());
            trail.failed(usage.errors());
            trail.left(mail);
        }
    }
}
