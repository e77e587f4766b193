package dev.steadymail.testkit.content;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.content.ContentFetcher;
import dev.steadymail.content.ContentOptions;
import dev.steadymail.content.ContentPolicy;
import dev.steadymail.content.ContentReport;
import dev.steadymail.content.Wanted;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.memory.InMemoryAccount;
import dev.steadymail.testkit.memory.InMemoryContentSink;
import dev.steadymail.testkit.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** A mailbox of emails m1, m2 and so on, each a day older than the one before, on a clock that stands still. */
abstract class ContentTestCase {
    static final ContentOptions ALL_TEXT = ContentOptions.DEFAULT
            .withPolicy(ContentPolicy.ALL)
            .withWanted(Wanted.TEXT)
            .withParallel(1)
            .withWholeUpTo(0);

    private static final RetryPolicy ONCE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
    private static final GuardSettings UNHURRIED = GuardSettings.CONTENT_FETCH.toBuilder()
            .starts(1_000_000, Duration.ofSeconds(1))
            .retryPolicy(ONCE)
            .build();

    final ManualTime time = new ManualTime();
    final InMemoryAccount server = InMemoryAccount.labels();
    final WatchedAccount account = new WatchedAccount(server);
    final InMemoryContentSink sink = new InMemoryContentSink();
    final MailRuntime runtime = MailRuntime.builder()
            .time(time.timeSource(1))
            .retryPolicy(ONCE)
            .contentFetch(guard())
            .build();
    final MailClient mail = runtime.open(account);

    /** Returns what holds back runs. */
    GuardSettings guard() {
        return UNHURRIED;
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    ContentReport run(ContentOptions options) {
        return fetcher(options).run(progress -> {});
    }

    ContentFetcher fetcher(ContentOptions options) {
        return mail.content(sink, options);
    }

    /** Delivers emails with a text part, {@code 1.1}, an HTML part, {@code 1.2}, and a file of some octets, {@code 2}. */
    List<EmailId> deliver(int emails, int octets) {
        for (int i = emails; i >= 1; i--) {
            server.deliver("INBOX", mail("m" + i, octets).bytes(), Set.of(), received(i));
        }
        List<EmailId> ids = new ArrayList<>();
        for (Email email : mail.emails().query(EmailQuery.everywhere().pageSize(500))) {
            ids.add(email.id());
        }
        account.forgetCalls();
        return ids;
    }

    Instant received(int day) {
        return SampleMail.NOON.minus(Duration.ofDays(day)).plusSeconds(60);
    }

    static SampleMail mail(String key, int octets) {
        return SampleMail.named(key)
                .content(
                        "Content-Type: multipart/mixed; boundary=outer",
                        "",
                        "--outer",
                        "Content-Type: multipart/alternative; boundary=inner",
                        "",
                        "--inner",
                        "Content-Type: text/plain",
                        "",
                        "text of " + key,
                        "--inner",
                        "Content-Type: text/html",
                        "",
                        "<p>" + key,
                        "--inner--",
                        "--outer",
                        "Content-Type: application/octet-stream; name=file",
                        "Content-Disposition: attachment; filename=file",
                        "Content-Transfer-Encoding: base64",
                        "",
                        SampleMail.base64(new byte[octets]),
                        "--outer--");
    }
}
