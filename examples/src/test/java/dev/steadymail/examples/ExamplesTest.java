package dev.steadymail.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.Login;
import dev.steadymail.auth.Credentials;
import dev.steadymail.auth.FileTokenStore;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenEndpoint;
import dev.steadymail.auth.Tokens;
import dev.steadymail.cache.CacheSettings;
import dev.steadymail.cache.CacheStatistics;
import dev.steadymail.cache.MailCache;
import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.redis.RedisSettings;
import dev.steadymail.content.ContentReport;
import dev.steadymail.examples.GmailWithRefreshToken.OneToken;
import dev.steadymail.gmail.GmailAccount;
import dev.steadymail.guard.QuotaPlan;
import dev.steadymail.guard.QuotaPlans;
import dev.steadymail.html.SanitizedHtml;
import dev.steadymail.hybrid.HybridReading;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RawContent;
import dev.steadymail.oauth.OAuthClient;
import dev.steadymail.oauth.OAuthServer;
import dev.steadymail.observability.events.BatcherStatistics;
import dev.steadymail.observability.export.ExportResult;
import dev.steadymail.observability.export.InMemoryExporter;
import dev.steadymail.sync.FileSyncStore;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.imap.GmailAttributes;
import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.imap.SpecialUse;
import dev.steadymail.testkit.memory.InMemoryAccount;
import dev.steadymail.testkit.oauth.OAuthTestServer;
import dev.steadymail.testkit.redis.RedisProcess;
import dev.steadymail.watch.Watch;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Runs every example, so that what newcomers copy works. */
class ExamplesTest {
    @TempDir
    Path folder;

    @Test
    void writeAndFile_filesTheMessageAndSendsTheSecondVersion() throws IOException {
        InMemoryAccount account = InMemoryAccount.labels();
        Path first = Files.write(
                folder.resolve("first.eml"), SampleMail.named("first").bytes());
        Path second = Files.write(
                folder.resolve("second.eml"), SampleMail.named("second").bytes());
        String done = WriteAndFile.run(account, first, second);
        assertTrue(done.endsWith("sent"), done);
        assertEquals(1, account.sent().size());
        assertTrue(new String(account.sent().get(0), StandardCharsets.US_ASCII).contains("Sample second"));
    }

    @Test
    void saveAttachments_writesTheirDecodedContent() throws IOException {
        InMemoryAccount account = InMemoryAccount.folders();
        deliver(account, withAttachment());
        assertEquals(1, SaveAttachments.run(account, folder));
        assertEquals("hello", Files.readString(folder.resolve("attachment-1")));
    }

    @Test
    void keepContent_readsNothingTheSecondTime() throws IOException {
        InMemoryAccount account = InMemoryAccount.folders();
        SampleMail mail = withAttachment();
        account.deliver("INBOX", mail.bytes(), Set.of(), Instant.now());
        account.deliver(
                "INBOX",
                SampleMail.named("old").bytes(),
                Set.of(),
                Instant.now().minus(Duration.ofDays(31)));
        ContentReport first = KeepContent.run(account, folder);
        assertEquals(List.of(1L, (long) mail.bytes().length), List.of(first.stored(), first.octets()));
        ContentReport second = KeepContent.run(account, folder);
        assertEquals(List.of(0L, 1L, 0L), List.of(second.stored(), second.held(), second.octets()));
        try (var files = Files.walk(folder)) {
            Path kept = files.filter(file -> file.endsWith("message.eml"))
                    .findFirst()
                    .orElseThrow();
            assertArrayEquals(mail.bytes(), Files.readAllBytes(kept));
        }
    }

    @Test
    void readWholeMessages_savesUnderSafeNames() throws IOException {
        InMemoryAccount account = InMemoryAccount.folders();
        deliver(account, withAttachment());
        assertEquals(1, ReadWholeMessages.run(account, folder));
        try (var files = Files.walk(folder)) {
            Path saved = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            assertTrue(saved.getFileName().toString().startsWith("1-"), saved::toString);
            assertEquals("hello", Files.readString(saved));
        }
    }

    @Test
    void showHtml_hasItsImages_andNothingThatActs() throws IOException {
        InMemoryAccount account = InMemoryAccount.folders();
        deliver(account, withHtml());
        SanitizedHtml shown = ShowHtml.run(account, folder.resolve("email.html"));
        assertEquals(1, shown.trackingPixels());
        String page = Files.readString(folder.resolve("email.html"));
        assertTrue(page.contains("<p>Grüße</p><img src=\"data:image/png;base64,aGVsbG8=\""), page);
        assertFalse(page.contains("script"), page);
        assertFalse(page.contains("tracker"), page);
    }

    @Test
    void markAndArchive_leavesNothingBehind() {
        InMemoryAccount account = InMemoryAccount.labels();
        deliver(account, SampleMail.named("one").from("Ada <ada@example.com>"));
        deliver(account, SampleMail.named("two").from("Bob <bob@example.com>"));
        assertEquals(1, MarkAndArchive.run(account, "ada@example.com"));
        assertEquals(0, MarkAndArchive.run(account, "ada@example.com"));
        assertEquals(1, MarkAndArchive.run(account, "bob@example.com"));
    }

    @Test
    void backfillByImap_copiesEveryMessage() throws IOException {
        try (FakeGmail gmail =
                        FakeGmail.builder().user("ada@example.com", "token").start();
                ImapTestServer imap = ImapTestServer.builder()
                        .with(ImapCapability.X_GM_EXT_1)
                        .user("ada@example.com", "secret")
                        .start()) {
            imap.account("ada@example.com").createMailbox("All Mail", SpecialUse.ALL);
            Instant noon = Instant.parse("2026-01-01T12:00:00Z");
            for (int i = 0; i < 30; i++) {
                byte[] raw = ("Subject: " + i + "\r\n\r\nhi").getBytes(StandardCharsets.US_ASCII);
                String id = gmail.mailbox("ada@example.com").add(raw, noon, "INBOX");
                imap.account("ada@example.com")
                        .append(
                                "All Mail",
                                raw,
                                List.of(),
                                noon.atOffset(ZoneOffset.UTC),
                                GmailAttributes.of(id, id, List.of("\\Inbox")));
            }
            HybridReading reading = BackfillByImap.run(
                    GmailAccount.with(Tokens.fixed("token"))
                            .user("ada@example.com")
                            .rootUrl(URI.create(gmail.rootUrl())),
                    ImapAccount.at("127.0.0.1", Credentials.password("ada@example.com", "secret"))
                            .port(imap.port())
                            .security(ImapAccount.Security.NONE_LOOPBACK_ONLY),
                    folder);
            assertEquals(List.of(25L, 5L), List.of(reading.bySecond(), reading.byFirst()));
            try (var files = Files.list(folder)) {
                assertEquals(
                        30,
                        files.filter(file -> file.toString().endsWith(".eml")).count());
            }
        }
    }

    @Test
    void keepInSync_readsOnlyWhatIsNewTheSecondTime() {
        InMemoryAccount account = InMemoryAccount.folders();
        deliver(account, SampleMail.named("one"));
        assertEquals(1, KeepInSync.run(account, folder).created());
        deliver(account, SampleMail.named("two"));
        assertEquals(1, KeepInSync.run(account, folder).created());
    }

    @Test
    void conversations_areShownBelowWhatTheyAnswer() {
        InMemoryAccount account = InMemoryAccount.folders();
        SampleMail first = SampleMail.named("one").subject("Hello");
        deliver(account, first);
        deliver(account, SampleMail.named("two").subject("Other"));
        deliver(account, SampleMail.named("three").answering(first));
        assertEquals(List.of("Hello", "  Re: Hello", "Other"), Conversations.run(account, folder));
    }

    @Test
    void readThroughCache_asksOnce() {
        InMemoryAccount account = InMemoryAccount.labels();
        deliver(account, SampleMail.named("one"));
        MailCache cache = MailCache.inMemory(CacheSettings.DEFAULT);
        assertEquals(10, ReadThroughCache.run(account, cache, 10));
        assertTrue(cache.statistics().hitRate() >= 0.9, cache.statistics()::toString);
    }

    @Test
    void cacheOnRedis_isWarmForTheNextProcess() {
        try (RedisProcess redis = RedisProcess.start();
                ImapTestServer server =
                        ImapTestServer.builder().user("ada", "secret").start()) {
            SampleMail one = SampleMail.named("one");
            server.account("ada")
                    .append("INBOX", one.bytes(), List.of(), one.date().atOffset(ZoneOffset.UTC));
            ImapAccount account = ImapAccount.at("127.0.0.1", Credentials.password("ada", "secret"))
                    .port(server.port())
                    .security(ImapAccount.Security.NONE_LOOPBACK_ONLY);
            RedisSettings settings = RedisSettings.encrypted(redis.url(), ContentKeys.of(1, new byte[32]))
                    .withPatience(Duration.ofSeconds(5));
            CacheStatistics first = CacheOnRedis.run(account, settings);
            CacheStatistics second = CacheOnRedis.run(account, settings);
            assertEquals(0, first.hitRate());
            assertTrue(second.hitRate() > 0, second::toString);
        }
    }

    @Test
    void keepInDatabase_knowsWhatIsThere_andSendsOnce() {
        InMemoryAccount account = InMemoryAccount.labels();
        deliver(account, SampleMail.named("one"));
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + folder.resolve("mail.db"));
        RawContent message = RawContent.of(SampleMail.named("two").bytes());
        assertEquals("1 known, SENT", KeepInDatabase.run(account, database, message, "once"));
        String again = KeepInDatabase.run(account, database, message, "once");
        assertTrue(again.endsWith("known, SENT"), again);
        assertEquals(1, account.sent().size());
    }

    @Test
    void watchInbox_hearsOfWhatArrives() throws InterruptedException {
        BlockingQueue<SyncReport> heard = new LinkedBlockingQueue<>();
        try (ImapTestServer server =
                        ImapTestServer.builder().user("ada", "secret").start();
                FileSyncStore store = FileSyncStore.open(folder);
                MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(ImapAccount.at("127.0.0.1", Credentials.password("ada", "secret"))
                        .port(server.port())
                        .security(ImapAccount.Security.NONE_LOOPBACK_ONLY))) {
            Watch watch = WatchInbox.watch(mail, store, heard::add);
            assertEquals(0, next(heard).created());
            SampleMail one = SampleMail.named("one");
            server.account("ada")
                    .append("INBOX", one.bytes(), List.of(), one.date().atOffset(ZoneOffset.UTC));
            SyncReport report = next(heard);
            while (report.created() == 0) {
                report = next(heard);
            }
            assertEquals(1, report.created());
            watch.close();
        }
    }

    private static SyncReport next(BlockingQueue<SyncReport> heard) throws InterruptedException {
        return Objects.requireNonNull(heard.poll(30, TimeUnit.SECONDS), "nothing was heard");
    }

    @Test
    void gmailWithRefreshToken_listsLabels() throws IOException {
        try (FakeGmail gmail = FakeGmail.builder()
                        .user("ada@example.com", "token")
                        .refreshToken("ada@example.com", "refresh")
                        .start();
                MailRuntime runtime = MailRuntime.create()) {
            OAuthServer server =
                    OAuthServer.google().tokenUrl(URI.create(gmail.tokenUrl().toString()));
            TokenEndpoint endpoint = OAuthClient.of(server, "client", Secret.of("client secret"), runtime.time());
            List<String> labels = GmailWithRefreshToken.labels(
                    runtime,
                    new OneToken(Secret.of("refresh")),
                    endpoint,
                    account -> account.rootUrl(URI.create(gmail.rootUrl().toString())));
            assertTrue(labels.contains("INBOX"), labels.toString());
        }
    }

    @Test
    void logInOnce_storesTheLoginAndListsLabelsFromThenOn() throws Exception {
        try (OAuthTestServer server = OAuthTestServer.start("client", "", "token");
                FakeGmail gmail =
                        FakeGmail.builder().user("ada@example.com", "token").start();
                MailRuntime runtime = MailRuntime.create()) {
            OAuthServer place = OAuthServer.google()
                    .authorizationUrl(server.authorizationUrl())
                    .tokenUrl(server.tokenUrl());
            OAuthClient client = OAuthClient.of(place, "client", null, runtime.time());
            AccountId account = new AccountId("gmail:ada@example.com");
            BlockingQueue<URI> shown = new LinkedBlockingQueue<>();
            CompletableFuture<Void> login = CompletableFuture.runAsync(() -> LogInOnce.logIn(
                    client,
                    FileTokenStore.open(folder.resolve("tokens")),
                    account,
                    runtime.time().deadline(Duration.ofSeconds(60)),
                    shown::add));
            server.browse(Objects.requireNonNull(shown.poll(30, TimeUnit.SECONDS), "no page was shown"));
            login.get(30, TimeUnit.SECONDS);
            List<String> labels = LogInOnce.labels(
                    runtime,
                    client,
                    FileTokenStore.open(folder.resolve("tokens")),
                    account,
                    settings -> settings.rootUrl(URI.create(gmail.rootUrl())));
            assertTrue(labels.contains("INBOX"), labels.toString());
        }
    }

    @Test
    void openByUrl_listsMailboxes() {
        try (ImapTestServer server =
                ImapTestServer.builder().user("ada", "secret").start()) {
            AccountUrl url = AccountUrl.parse("imap://ada@127.0.0.1:" + server.port() + "?tls=none");
            List<String> mailboxes = OpenByUrl.mailboxes(url, Login.password("secret"));
            assertTrue(mailboxes.contains("INBOX"), mailboxes.toString());
        }
    }

    @Test
    void readBesideBackfill_hasTheNewestAndReadsAll() {
        InMemoryAccount account = InMemoryAccount.labels();
        deliver(account, SampleMail.named("one"));
        deliver(account, SampleMail.named("two"));
        ReadBesideBackfill.Answer answer = ReadBesideBackfill.run(account);
        assertTrue(answer.newest().isPresent());
        assertEquals(2, answer.read());
    }

    @Test
    void whyIsItSlow_explainsAndTellsWhatIsLeft() throws IOException {
        try (FakeGmail gmail =
                        FakeGmail.builder().user("ada@example.com", "token").start();
                MailRuntime runtime = MailRuntime.create()) {
            String text = WhyIsItSlow.explained(
                    runtime, GmailAccount.with(Tokens.fixed("token")).rootUrl(URI.create(gmail.rootUrl())));
            assertTrue(text.contains("circuit   account closed, requests pass\n"), text);
            assertTrue(text.contains("INTERACTIVE="), text);
        }
    }

    @Test
    void whyIsItSlow_tellsWhatHoldsRequestsBack() {
        InMemoryAccount account = InMemoryAccount.labels();
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account)) {
            assertFalse(WhyIsItSlow.isHeldBack(mail.explain()));
            Instant later = Instant.now().plusSeconds(600);
            account.faults()
                    .failAlways(MailException.builder(Kind.THROTTLED, "slow down")
                            .retryAt(later)
                            .build());
            assertThrows(MailException.class, () -> mail.mailboxes().list());
            assertTrue(WhyIsItSlow.isHeldBack(mail.explain()));
            account.faults().clear();
            mail.resetCircuits();
            assertFalse(WhyIsItSlow.isHeldBack(mail.explain()));
        }
    }

    @Test
    void listenToEvents_hearsOfEveryRequest() {
        ListenToEvents heard = ListenToEvents.run(InMemoryAccount.labels());
        assertEquals(1, heard.requests().size(), heard.requests().toString());
        assertFalse(heard.waited().isNegative());
    }

    @Test
    void measureWithMicrometer_timesEveryRequest() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MeasureWithMicrometer.run(InMemoryAccount.labels(), registry);
        long requests = registry.get("steadymail.requests").tag("outcome", "success").timers().stream()
                .mapToLong(Timer::count)
                .sum();
        assertEquals(1, requests);
    }

    @Test
    void traceWithOpenTelemetry_makesASpanOfEachCallWithinOnesOwn() {
        KeptSpans kept = new KeptSpans();
        try (FakeGmail gmail =
                        FakeGmail.builder().user("ada@example.com", "token").start();
                OpenTelemetrySdk telemetry = TraceWithOpenTelemetry.telemetry(kept)) {
            TraceWithOpenTelemetry.run(
                    GmailAccount.with(Tokens.fixed("token")).rootUrl(URI.create(gmail.rootUrl())), telemetry);
        }
        SpanData own = kept.spans().get(kept.spans().size() - 1);
        assertEquals("show folders", own.getName());
        assertTrue(kept.spans().size() > 1);
        kept.spans()
                .subList(0, kept.spans().size() - 1)
                .forEach(call -> assertEquals(own.getSpanId(), call.getParentSpanId(), call.getName()));
        assertFalse(kept.spans().toString().contains("ada@"));
    }

    @Test
    void recordWithJfr_findsTheCallInTheRecording() {
        List<RecordedEvent> calls = RecordWithJfr.run(InMemoryAccount.labels());
        assertEquals(1, calls.size());
        assertEquals("succeeded", calls.get(0).getString("outcome"));
    }

    @Test
    void sendClientEvents_sendsThem_orLeavesThemForTheNextStart() {
        Path spill = folder.resolve("spill");
        InMemoryExporter away = new InMemoryExporter().otherwise(ExportResult.notTaken(Duration.ofMinutes(1)));
        BatcherStatistics left = SendClientEvents.run(InMemoryAccount.labels(), away, spill);
        assertEquals(List.of(1L, 1L), List.of(left.offered(), left.spilled()));
        InMemoryExporter there = new InMemoryExporter();
        BatcherStatistics sent = SendClientEvents.run(InMemoryAccount.labels(), there, spill);
        assertEquals(List.of(1L, 1L), List.of(sent.sent(), sent.spill().sent()));
        assertEquals(away.tried().get(0).id(), there.taken().get(0).id());
    }

    @Test
    void readProtocolLog_showsCommandsAndNoPassword() {
        try (ImapTestServer server =
                ImapTestServer.builder().user("ada", "secret").start()) {
            List<String> lines = ReadProtocolLog.run(ImapAccount.at("127.0.0.1", Credentials.password("ada", "secret"))
                    .security(ImapAccount.Security.NONE_LOOPBACK_ONLY)
                    .port(server.port()));
            assertTrue(lines.stream().anyMatch(line -> line.contains("LIST")), lines.toString());
            assertFalse(lines.toString().contains("ada"), lines.toString());
        }
    }

    @Test
    void priceOfAPlan_countsListsAndReads() {
        QuotaPlan plan = QuotaPlans.GMAIL_2026;
        long units = PriceOfAPlan.price(plan, 1_001);
        assertEquals(3L * plan.cost("messages.list") + 1_001L * plan.cost("messages.get"), units);
        assertEquals(Duration.ZERO, PriceOfAPlan.atLeast(plan, 6_000));
        assertEquals(Duration.ofMinutes(2), PriceOfAPlan.atLeast(plan, 12_001));
    }

    /** The first lines of code in the README are lines of {@link ListUnseen}, which compiles. */
    @Test
    void readme_showsCodeThatCompiles() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"), StandardCharsets.UTF_8);
        String code = readme.split("```java\n", 2)[1].split("```", 2)[0];
        String example = Files.readString(
                Path.of("src/main/java/dev/steadymail/examples/ListUnseen.java"), StandardCharsets.UTF_8);
        assertTrue(unindented(example).contains(unindented(code)), "the README differs from ListUnseen.java");
    }

    private static String unindented(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }

    private static void deliver(InMemoryAccount account, SampleMail mail) {
        account.deliver("INBOX", mail.bytes(), Set.of(), mail.date());
    }

    private static SampleMail withHtml() {
        return SampleMail.named("html")
                .content(
                        "MIME-Version: 1.0",
                        "Content-Type: multipart/related; boundary=b",
                        "",
                        "--b",
                        "Content-Type: text/html; charset=iso-8859-1",
                        "Content-Transfer-Encoding: quoted-printable",
                        "",
                        "<p onclick=3Dx>Gr=FC=DFe</p><script>x</script><img src=3D\"cid:logo@example.com\">",
                        "<img src=3D\"https://tracker.example/p\" width=3D1 height=3D1>",
                        "--b",
                        "Content-Type: image/png",
                        "Content-ID: <logo@example.com>",
                        "Content-Transfer-Encoding: base64",
                        "",
                        SampleMail.base64("hello".getBytes(StandardCharsets.US_ASCII)),
                        "--b--");
    }

    private static SampleMail withAttachment() {
        return SampleMail.named("attached")
                .content(
                        "MIME-Version: 1.0",
                        "Content-Type: multipart/mixed; boundary=b",
                        "",
                        "--b",
                        "Content-Type: text/plain",
                        "",
                        "see below",
                        "--b",
                        "Content-Type: application/octet-stream",
                        "Content-Disposition: attachment; filename=\"../../etc/passwd\"",
                        "Content-Transfer-Encoding: base64",
                        "",
                        SampleMail.base64("hello".getBytes(StandardCharsets.UTF_8)),
                        "--b--");
    }
}
