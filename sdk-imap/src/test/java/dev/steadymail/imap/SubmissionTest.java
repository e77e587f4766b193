package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailRuntime;
import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.Credentials;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.RefusedRecipient;
import dev.steadymail.mail.SendResult;
import dev.steadymail.mail.SendResult.Sent;
import dev.steadymail.mail.SendResult.Unknown;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.provider.Submission;
import dev.steadymail.smtp.SmtpServer;
import dev.steadymail.smtp.SmtpSettings;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.smtp.SmtpExtension;
import dev.steadymail.testkit.smtp.SmtpFault;
import dev.steadymail.testkit.smtp.SmtpStage;
import dev.steadymail.testkit.smtp.SmtpTestServer;
import dev.steadymail.testkit.smtp.SmtpTimes;
import dev.steadymail.testkit.smtp.SmtpTrouble;
import dev.steadymail.testkit.tls.TestCertificate;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An IMAP account that sends, over sockets: what the server takes, what the account keeps of it, and what is known when it breaks. */
class SubmissionTest {
    private static final String USER = "ada";
    /** A time for which no timer can be had. */
    private static final Duration UNKEEPABLE = Duration.ofMillis(76_543);

    private static final RetryPolicy QUICK = new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(2));

    @TempDir
    static Path folder;

    private static TestCertificate good;
    private static TestCertificate wrongName;

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException, GeneralSecurityException {
        good = TestCertificate.make(folder, "ip:127.0.0.1");
        wrongName = TestCertificate.make(folder, "dns:smtp.example.com");
    }

    @Test
    void sentMessage_leavesWithoutBcc_andItsCopyKeepsIt() throws IOException {
        try (Session session = new Session(smtp(), server -> server)) {
            Sent sent = assertInstanceOf(
                    Sent.class, session.send(email("bob@example.org").bcc(address("carl@example.org"))));
            EmailId copy = assertNotNullId(sent.emailId());

            assertEquals(
                    List.of("bob@example.org", "carl@example.org"),
                    session.smtp.mailroom().messages().get(0).envelope().addresses());
            assertFalse(session.accepted(0).contains("carl"));
            assertTrue(session.raw(copy).contains("Bcc: carl@example.org"));
            assertTrue(session.provider()
                    .get(List.of(copy), FetchLevel.STATE, session.call())
                    .get(0)
                    .keywords()
                    .contains(Keyword.SEEN));
            assertEquals(1, session.imap.account(USER).messages("Sent").size());
            assertEquals(0, session.smtp.mailroom().violationCount());
        }
    }

    @Test
    void capabilities_tellOfSending_onlyWithAServer() {
        try (Session session = new Session(smtp(), server -> server)) {
            assertTrue(session.provider().capabilities(session.call()).has(Capability.SEND));
        }
        try (Session session = new Session(smtp(), null)) {
            assertFalse(session.provider().capabilities(session.call()).has(Capability.SEND));
            MailException failure = assertThrows(MailException.class, () -> session.send(email("bob@example.org")));
            assertEquals(Kind.UNSUPPORTED, failure.kind());
        }
    }

    @Test
    void copyThatCannotBeSaved_doesNotMakeItUnsent() {
        try (Session session = new Session(smtp(), server -> server)) {
            session.imap.inject(new ImapFault.NoOn("APPEND", "OVERQUOTA", "full"));
            Sent sent = assertInstanceOf(Sent.class, session.send(email("bob@example.org")));

            assertNull(sent.emailId());
            assertEquals(1, session.smtp.mailroom().messages().size());
        }
    }

    @Test
    void connection_isKeptForTheNextMessage() {
        try (Session session = new Session(smtp(), server -> server)) {
            session.send(email("bob@example.org"));
            session.send(email("bob@example.org"));

            assertEquals(2, session.smtp.mailroom().messages().size());
            assertEquals(1, session.count("EHLO"));
            assertEquals(1, session.count("RSET"));
        }
    }

    @Test
    void keptConnection_thatDied_isReplacedWithoutAWord() {
        try (Session session = new Session(smtp(), server -> server)) {
            session.send(email("bob@example.org"));
            session.smtp.inject(SmtpFault.at(SmtpStage.RSET, new SmtpTrouble.Cut()), SmtpTimes.once());
            session.send(email("bob@example.org"));
            session.smtp.inject(
                    SmtpFault.at(SmtpStage.RSET, SmtpTrouble.answer(421, "4.4.2", "idle")), SmtpTimes.once());
            session.send(email("bob@example.org"));
            session.smtp.disconnectAll();
            session.send(email("bob@example.org"));

            assertEquals(4, session.smtp.mailroom().messages().size());
            assertEquals(4, session.count("EHLO"));
        }
    }

    @Test
    void connection_isNotKeptWhereThatIsNotWanted() {
        try (Session session =
                new Session(smtp(), server -> server.settings(SmtpSettings.DEFAULT.keepOpen(Duration.ZERO)))) {
            session.send(email("bob@example.org"));
            session.send(email("bob@example.org"));

            assertEquals(2, session.count("EHLO"));
        }
    }

    /** The runtime may end while the server's last answer comes. */
    @Test
    void connectionThatCannotBeKept_leavesWhatCameOfTheMessage() {
        try (Session session =
                new Session(smtp(), server -> server.settings(SmtpSettings.DEFAULT.keepOpen(UNKEEPABLE)))) {
            assertInstanceOf(Sent.class, session.send(email("bob@example.org")));
            assertInstanceOf(Sent.class, session.send(email("bob@example.org")));

            assertEquals(2, session.smtp.mailroom().messages().size());
            assertEquals(2, session.count("EHLO"));
        }
    }

    @Test
    void p10_421AtEachStage_isTriedAgain_andSentOnce() {
        for (SmtpStage stage : List.of(
                SmtpStage.GREETING,
                SmtpStage.EHLO,
                SmtpStage.AUTH,
                SmtpStage.MAIL,
                SmtpStage.RCPT,
                SmtpStage.END_OF_DATA)) {
            try (Session session = new Session(smtp(), server -> server)) {
                session.smtp.inject(SmtpFault.at(stage, SmtpTrouble.answer(421, "4.3.2", "closing")), SmtpTimes.once());
                assertInstanceOf(Sent.class, session.send(email("bob@example.org")), stage.name());

                assertEquals(1, session.smtp.mailroom().messages().size(), stage.name());
            }
        }
    }

    @Test
    void p10_partialRecipients_areToldOfByName() {
        try (Session session = new Session(smtp(), server -> server)) {
            session.smtp.inject(
                    SmtpFault.at(SmtpStage.RCPT, SmtpTrouble.answer(450, "4.7.1", "greylisted"))
                            .recipient(2),
                    SmtpTimes.once());
            Sent sent = assertInstanceOf(Sent.class, session.send(email("bob@example.org", "carl@example.org")));

            assertEquals(
                    List.of("carl@example.org"),
                    sent.refused().stream().map(RefusedRecipient::address).toList());
            assertEquals(
                    List.of("bob@example.org"),
                    session.smtp.mailroom().messages().get(0).envelope().addresses());
        }
    }

    @Test
    void p10_552_isTooLarge_andNotTriedAgain() {
        try (Session session = new Session(smtp(), server -> server)) {
            session.smtp.inject(
                    SmtpFault.at(SmtpStage.MAIL, SmtpTrouble.answer(552, "5.3.4", "too large")), SmtpTimes.once());
            MailException failure = assertThrows(MailException.class, () -> session.send(email("bob@example.org")));

            assertEquals(Kind.TOO_LARGE, failure.kind());
            assertEquals(1, failure.attempts());
            assertInstanceOf(Sent.class, session.send(email("bob@example.org")));
        }
    }

    @Test
    void p11_acceptedThenCut_isUnknown_andNotSentAgain() {
        for (SmtpExtension[] without : new SmtpExtension[][] {{SmtpExtension.CHUNKING}, {}}) {
            SmtpTestServer.Builder smtp = smtp().settings(settings -> settings.without(without));
            try (Session session = new Session(smtp, server -> server)) {
                session.smtp.inject(SmtpFault.acceptThenCut(), SmtpTimes.once());
                Unknown unknown = assertInstanceOf(Unknown.class, session.send(email("bob@example.org")));

                assertTrue(unknown.cause().mayHaveTakenEffect());
                assertEquals(1, session.smtp.mailroom().messages().size());
                assertEquals(0, session.imap.account(USER).messages("Sent").size());
            }
        }
    }

    @Test
    void cutAmidTheContent_isTriedAgain_andSentOnce() {
        SmtpTestServer.Builder smtp = smtp().settings(settings -> settings.without(SmtpExtension.CHUNKING));
        try (Session session = new Session(smtp, server -> server)) {
            session.smtp.inject(SmtpFault.at(SmtpStage.CONTENT, new SmtpTrouble.CutAfter(100)), SmtpTimes.once());
            AtomicInteger left = new AtomicInteger();
            RawContent content = session.compose(email("bob@example.org").text("x".repeat(5_000_000)));
            assertInstanceOf(Sent.class, session.send(new Submission(content, left::incrementAndGet)));

            assertEquals(1, left.get());
            assertEquals(1, session.smtp.mailroom().messages().size());
        }
    }

    @Test
    void deadlineBeforeTheEnd_isSurelyNotSent_andAfterItUnknown() {
        for (SmtpStage stage : List.of(SmtpStage.MAIL, SmtpStage.END_OF_DATA)) {
            try (Session session = new Session(smtp(), server -> server)) {
                session.smtp.inject(SmtpFault.at(stage, new SmtpTrouble.Silence()), SmtpTimes.always());
                Submission submission = Submission.of(session.compose(email("bob@example.org")));
                Call hurried = session.call().within(Duration.ofMillis(1_500));
                if (stage == SmtpStage.MAIL) {
                    MailException failure = assertThrows(
                            MailException.class, () -> session.provider().send(submission, hurried));
                    assertEquals(false, failure.effect().orElseThrow());
                } else {
                    assertInstanceOf(Unknown.class, session.provider().send(submission, hurried));
                }
            }
        }
    }

    @Test
    void leavingThatForbidsIt_sendsNothing_andTheNextMessageGoes() {
        for (SmtpExtension[] without : new SmtpExtension[][] {{SmtpExtension.CHUNKING}, {}}) {
            SmtpTestServer.Builder smtp = smtp().settings(settings -> settings.without(without));
            try (Session session = new Session(smtp, server -> server)) {
                MailException cancelled = MailException.of(Kind.CANCELLED, "not any more");
                Submission submission = new Submission(session.compose(email("bob@example.org")), () -> {
                    throw cancelled;
                });
                MailException failure = assertThrows(MailException.class, () -> session.send(submission));

                assertEquals(Kind.CANCELLED, failure.kind());
                assertEquals(false, failure.effect().orElseThrow());
                assertEquals(0, session.smtp.mailroom().messages().size());
                assertInstanceOf(Sent.class, session.send(email("bob@example.org")));
            }
        }
    }

    @Test
    void draft_isSentAndRemoved_andKeptWhereItIsUnclear() {
        try (Session session = new Session(smtp(), server -> server)) {
            RawContent content = session.compose(email("bob@example.org").bcc(address("carl@example.org")));
            EmailId draft = session.provider().createDraft(content, session.call());
            session.smtp.inject(SmtpFault.acceptThenCut(), SmtpTimes.once());
            assertInstanceOf(Unknown.class, session.provider().sendDraft(draft, session.call()));
            assertEquals(1, session.imap.account(USER).messages("Drafts").size());
            assertInstanceOf(Sent.class, session.provider().sendDraft(draft, session.call()));

            assertEquals(0, session.imap.account(USER).messages("Drafts").size());
            assertEquals(1, session.imap.account(USER).messages("Sent").size());
            MailException gone =
                    assertThrows(MailException.class, () -> session.provider().sendDraft(draft, session.call()));
            assertEquals(Kind.CONFLICT, gone.kind());
        }
    }

    /** The second call comes while the first asks for its token, and so before anything of the draft has left. */
    @Test
    void draftSentTwiceAtTheSameTime_leavesOnce() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        Credentials credentials = Credentials.bearer("ada@example.com", new TokenSource() {
            @Override
            public AccessToken token(Deadline deadline) {
                meanwhile.getAndSet(() -> {}).run();
                return new AccessToken(Secret.of("token"), Instant.MAX);
            }

            @Override
            public AccessToken tokenAfterRefusal(AccessToken refused, Deadline deadline) {
                return token(deadline);
            }
        });
        SmtpTestServer.Builder smtp = smtp().settings(settings -> settings.token("ada@example.com", "token"));
        List<MailException> refused = new ArrayList<>();
        try (Session session = new Session(smtp, server -> server.credentials(credentials))) {
            EmailId draft = session.provider().createDraft(session.compose(email("bob@example.org")), session.call());
            meanwhile.set(() -> refused.add(
                    assertThrows(MailException.class, () -> session.provider().sendDraft(draft, session.call()))));
            assertInstanceOf(Sent.class, session.provider().sendDraft(draft, session.call()));

            assertEquals(
                    List.of(Kind.CONFLICT),
                    refused.stream().map(MailException::kind).toList());
            assertFalse(refused.get(0).mayHaveTakenEffect());
            assertEquals(1, session.smtp.mailroom().messages().size());
            assertEquals(0, session.imap.account(USER).messages("Drafts").size());
        }
    }

    @Test
    void wrongPassword_isNotTriedForEver() {
        try (Session session =
                new Session(smtp(), server -> server.credentials(Credentials.password("ada@example.com", "wrong")))) {
            for (int i = 0; i < 3; i++) {
                MailException failure = assertThrows(MailException.class, () -> session.send(email("bob@example.org")));
                assertEquals(Kind.AUTH, failure.kind());
                assertEquals(1, failure.attempts());
            }
            MailException last = assertThrows(MailException.class, () -> session.send(email("bob@example.org")));

            assertEquals(Kind.REAUTH_REQUIRED, last.kind());
            assertEquals(3, session.count("EHLO"));
        }
    }

    @Test
    void implicitTls_trustedAuthority_sends() {
        try (Session session =
                new Session(smtp().tls(good.context()), server -> tls(server).trusting(good.pem()))) {
            assertInstanceOf(Sent.class, session.send(email("bob@example.org").text("x\n".repeat(1_000_000))));
            assertTrue(session.smtp.mailroom().messages().get(0).envelope().encrypted());
        }
    }

    @Test
    void startTls_trustedAuthority_sends() {
        SmtpTestServer.Builder smtp = smtp().startTls(good.context()).settings(settings -> settings.loginNeedsTls());
        try (Session session = new Session(smtp, server -> server.startTls().trusting(good.pem()))) {
            assertInstanceOf(Sent.class, session.send(email("bob@example.org")));
            assertTrue(session.smtp.mailroom().messages().get(0).envelope().encrypted());
            assertEquals(2, session.count("EHLO"));
            assertEquals(0, session.smtp.mailroom().violationCount());
        }
    }

    @Test
    void serverThatIsNotTrusted_getsNoLogin() {
        assertUntrusted(smtp().tls(good.context()), SubmissionTest::tls, "not trusted");
        assertUntrusted(
                smtp().tls(wrongName.context()), server -> tls(server).trusting(wrongName.pem()), "another name");
        assertUntrusted(smtp().startTls(good.context()), SmtpServer::startTls, "not trusted");
        assertUntrusted(smtp(), server -> server.startTls().trusting(good.pem()), "STARTTLS");
    }

    private static void assertUntrusted(SmtpTestServer.Builder smtp, Change change, String reason) {
        try (Session session = new Session(smtp, change)) {
            MailException failure = assertThrows(MailException.class, () -> session.send(email("bob@example.org")));

            assertEquals(Kind.NETWORK, failure.kind());
            assertFalse(failure.isRetryable());
            assertEquals(1, failure.attempts());
            assertTrue(String.valueOf(failure.getMessage()).contains(reason), failure::getMessage);
            assertEquals(0, session.count("AUTH") + session.count("MAIL"));
        }
    }

    @Test
    void connection_goesByTheAccountsProxy() {
        try (LocalProxy proxy = LocalProxy.socks(null);
                Session session = new Session(
                        smtp(),
                        server -> server,
                        account -> account.via(ImapProxy.socks5("127.0.0.1", proxy.port())))) {
            assertInstanceOf(Sent.class, session.send(email("bob@example.org")));
            assertTrue(
                    proxy.asked().contains("127.0.0.1:" + session.smtp.port()),
                    () -> proxy.asked().toString());
        }
    }

    @Test
    void hostThatTheResolverRefuses_isNotConnectedTo() {
        try (Session session = new Session(smtp(), server -> SmtpServer.at("smtp.invalid"))) {
            MailException failure = assertThrows(MailException.class, () -> session.send(email("bob@example.org")));

            assertEquals(Kind.NETWORK, failure.kind());
            assertEquals(false, failure.effect().orElseThrow());
            assertEquals(0, session.smtp.mailroom().commands().size());
        }
    }

    @Test
    void withoutTls_onlyThisMachineIsUsed() {
        try (Session session =
                new Session(smtp(), server -> SmtpServer.at("192.0.2.1").insecureLoopback())) {
            MailException failure = assertThrows(MailException.class, () -> session.send(email("bob@example.org")));
            assertEquals(Kind.INVALID, failure.kind());
        }
    }

    private static List<InetAddress> resolve(String host) throws UnknownHostException {
        if (host.endsWith(".invalid")) {
            throw new UnknownHostException("no");
        }
        return List.of(InetAddress.getAllByName(host));
    }

    /** Returns a context that has no timer for the one time. */
    private static ProviderContext busy(ProviderContext context) {
        TimeSource time = context.time();
        Scheduler scheduler = (task, delay) -> {
            if (delay.equals(UNKEEPABLE)) {
                throw new RejectedExecutionException("shut down");
            }
            return time.scheduler().schedule(task, delay);
        };
        return new ProviderContext(
                context.guard(),
                new TimeSource(time.clock(), time.nanos(), scheduler, time.random()),
                context.workers(),
                context.traffic(),
                context.resolver(),
                context.shared(),
                context.telemetry(),
                account -> busy(context.beside(account)));
    }

    private static SmtpServer tls(SmtpServer server) {
        return server.security(SmtpServer.Security.IMPLICIT_TLS);
    }

    private static SmtpTestServer.Builder smtp() {
        return SmtpTestServer.builder().user("ada@example.com", "secret");
    }

    private static EmailAddress address(String address) {
        return new EmailAddress(null, address);
    }

    private static OutgoingEmail email(String... to) {
        OutgoingEmail email =
                OutgoingEmail.from(address("ada@example.com")).subject("s").text(".t");
        for (String each : to) {
            email = email.to(address(each));
        }
        return email;
    }

    private static EmailId assertNotNullId(@Nullable EmailId id) {
        assertNotNull(id);
        return Objects.requireNonNull(id);
    }

    /** How a test wants its server to be reached. */
    private interface Change {
        SmtpServer apply(SmtpServer server);
    }

    /** An account with a mailbox and a submission server, and its provider. */
    private static final class Session implements AutoCloseable {
        final ImapTestServer imap;
        final SmtpTestServer smtp;
        private final MailRuntime runtime = MailRuntime.builder()
                .retryPolicy(QUICK)
                .callTimeout(Duration.ofSeconds(60))
                .resolver(SubmissionTest::resolve)
                .build();
        private final Captured captured;

        Session(SmtpTestServer.Builder smtpBuilder, @Nullable Change change) {
            this(smtpBuilder, change, account -> account);
        }

        Session(SmtpTestServer.Builder smtpBuilder, @Nullable Change change, UnaryOperator<ImapAccount> more) {
            imap = ImapTestServer.builder().user(USER, LocalServers.PASSWORD).start();
            smtp = smtpBuilder.start();
            ImapAccount account = LocalServers.plain(imap.port(), USER, LocalServers.PASSWORD);
            if (change != null) {
                SmtpServer server = SmtpServer.at("127.0.0.1")
                        .insecureLoopback()
                        .port(smtp.port())
                        .credentials(Credentials.password("ada@example.com", "secret"));
                account = account.submitting(change.apply(server));
            }
            captured = new Captured(more.apply(account));
            var unused = runtime.open(captured);
        }

        MailProvider provider() {
            return Objects.requireNonNull(captured.provider);
        }

        Call call() {
            return new Call(runtime.time().deadline(Duration.ofSeconds(60)));
        }

        RawContent compose(OutgoingEmail email) {
            return provider().compose(email);
        }

        SendResult send(OutgoingEmail email) {
            return send(Submission.of(compose(email)));
        }

        SendResult send(Submission submission) {
            return provider().send(submission, call());
        }

        long count(String command) {
            return smtp.mailroom().commands().stream()
                    .filter(each -> each.startsWith(command))
                    .count();
        }

        String accepted(int index) {
            return new String(smtp.mailroom().messages().get(index).octets(), StandardCharsets.ISO_8859_1);
        }

        String raw(EmailId id) throws IOException {
            try (var octets = provider().raw(id, call())) {
                return new String(octets.readAllBytes(), StandardCharsets.ISO_8859_1);
            }
        }

        @Override
        public void close() {
            runtime.close();
            imap.close();
            smtp.close();
        }
    }

    /** Hands out the provider that the runtime opened. */
    private static final class Captured implements MailAccount {
        private final ImapAccount account;
        private @Nullable MailProvider provider;

        Captured(ImapAccount account) {
            this.account = account;
        }

        @Override
        public AccountId id() {
            return account.id();
        }

        @Override
        public GuardProfile guard() {
            return account.guard();
        }

        @Override
        public MailProvider open(ProviderContext context) {
            MailProvider opened = account.open(busy(context));
            provider = opened;
            return opened;
        }
    }
}
