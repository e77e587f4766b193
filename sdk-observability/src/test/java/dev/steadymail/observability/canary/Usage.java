package dev.steadymail.observability.canary;

import dev.steadymail.MailClient;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.OutgoingPart;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.Role;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.send.MemoryOutboxStore;
import dev.steadymail.send.Outbox;
import dev.steadymail.send.OutboxOptions;
import dev.steadymail.sync.EmailLoader;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does everything that an account can, with names and content full of canaries, and keeps what failures say. */
final class Usage {
    private final MailClient mail;
    private final Set<MailException.Kind> kinds = EnumSet.noneOf(MailException.Kind.class);
    private final List<String> errors = new ArrayList<>();

    Usage(MailClient mail) {
        this.mail = mail;
    }

    Set<MailException.Kind> kinds() {
        return kinds;
    }

    /** Returns what an application would print of each failure. */
    List<String> errors() {
        return errors;
    }

    void everything() {
        attempt(client -> client.mailboxes().list());
        attempt(client -> client.mailboxes().create(List.of(Canaries.MAILBOX)));
        attempt(client -> client.mailboxes().create(List.of(Canaries.MAILBOX)));
        attempt(client -> client.mailboxes().find(Canaries.MAILBOX));
        attempt(Usage::search);
        attempt(Usage::read);
        attempt(Usage::change);
        attempt(client -> client.emails().importEmail(content(Canaries.message(50)), EmailImport.into(inbox(client))));
        attempt(Usage::drafts);
        attempt(Usage::send);
        attempt(client -> client.identities());
        attempt(client -> client.vacation());
        attempt(client -> client.emails().get(new EmailId(Canaries.MESSAGE_ID), FetchLevel.METADATA));
        attempt(client -> client.emails().raw(new EmailId(Canaries.MESSAGE_ID)).close());
        attempt(Usage::sync);
        attempt(Usage::watch);
        attempt(client -> client.mailboxes()
                .find(Canaries.MAILBOX)
                .ifPresent(found -> client.mailboxes().destroy(found.id())));
    }

    /** Work that may fail. */
    interface Work {
        void on(MailClient client) throws IOException;
    }

    void attempt(Work work) {
        try {
            work.on(mail);
        } catch (MailException failure) {
            kinds.add(failure.kind());
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            errors.add(text + " " + failure.kind() + " " + failure.providerCode());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static MailboxId inbox(MailClient mail) {
        return mail.mailboxes().find(Role.INBOX).map(Mailbox::id).orElseThrow();
    }

    private static RawContent content(byte[] octets) {
        return RawContent.of(octets);
    }

    private static List<EmailId> ids(MailClient mail) {
        return mail.emails().query(EmailQuery.in(Role.INBOX)).stream()
                .map(Email::id)
                .toList();
    }

    private static void search(MailClient mail) {
        var unused =
                mail
                        .emails()
                        .query(EmailQuery.in(Role.INBOX)
                                .subject(Canaries.SEARCH)
                                .from(Canaries.SENDER))
                        .stream()
                        .count();
        unused = mail.emails().query(EmailQuery.everywhere().text(Canaries.SEARCH)).stream()
                .count();
        unused = mail.emails().query(EmailQuery.in(Role.INBOX).having(new Keyword(Canaries.KEYWORD))).stream()
                .count();
    }

    private static void read(MailClient mail) throws IOException {
        for (Email email : mail.emails().get(ids(mail), FetchLevel.STRUCTURE)) {
            try (InputStream raw = mail.emails().raw(email.id())) {
                raw.readAllBytes();
            }
            for (var part : email.attachments()) {
                try (InputStream octets = mail.emails().attachment(email.id(), part)) {
                    octets.readAllBytes();
                }
            }
        }
    }

    private static void change(MailClient mail) {
        List<EmailId> ids = ids(mail);
        mail.emails().addKeyword(ids, Keyword.FLAGGED);
        mail.emails().addKeyword(ids, new Keyword(Canaries.KEYWORD));
        mail.mailboxes()
                .find(Canaries.MAILBOX)
                .ifPresent(to -> mail.emails().move(ids.subList(0, Math.min(1, ids.size())), inbox(mail), to.id()));
    }

    private static OutgoingEmail email() {
        byte[] file = Canaries.BODY.getBytes(StandardCharsets.US_ASCII);
        return OutgoingEmail.from(new EmailAddress(Canaries.SENDER, Canaries.USER))
                .to(new EmailAddress(Canaries.RECIPIENT, Canaries.RECIPIENT + "@kanarhost.example"))
                .subject(Canaries.SUBJECT)
                .text(Canaries.BODY)
                .with(new OutgoingPart(Canaries.FILE + ".bin", "application/octet-stream", content(file), null));
    }

    private static void drafts(MailClient mail) {
        EmailId draft = mail.drafts().create(email());
        EmailId next = mail.drafts().replace(draft, email().text(Canaries.BODY + " again"));
        mail.drafts().discard(next);
    }

    private static void send(MailClient mail) {
        try (Outbox outbox = mail.outbox(new MemoryOutboxStore(), OutboxOptions.DEFAULT)) {
            var unused = outbox.send(email(), Canaries.KEY);
        }
    }

    private static void sync(MailClient mail) {
        EmailLoader loader =
                (ids, call) -> new Loaded(mail.with(call).emails().get(ids, FetchLevel.METADATA), List.of());
        var unused = mail.sync(new InMemorySyncStore(), loader, new SyncOptions(Set.of(), 100, Duration.ofMillis(300)))
                .run(progress -> {});
    }

    private static void watch(MailClient mail) {
        CountDownLatch heard = new CountDownLatch(1);
        Watch watch = mail.watch(WatchOptions.INBOX, event -> heard.countDown());
        try {
            // A watch that is lost may have nothing to say for long.
            boolean unused = heard.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        } finally {
            watch.close();
        }
    }
}
