package dev.steadymail.server.demo;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Credentials;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.query.EmailQuery;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The demo as a program sees it that uses the SDK. */
final class MailboxReading implements AutoCloseable {
    private final MailRuntime runtime = MailRuntime.create();
    private final MailClient mail;

    private MailboxReading(ImapAccount account) {
        mail = runtime.open(account);
    }

    static MailboxReading of(DemoMailbox mailbox) {
        URI url = URI.create(mailbox.url());
        ImapAccount account = ImapAccount.at(url.getHost(), Credentials.password(url.getUserInfo(), mailbox.secret()));
        return new MailboxReading(account.port(url.getPort()).security(ImapAccount.Security.NONE_LOOPBACK_ONLY));
    }

    /** What must stay the same from start to start; the id holds UIDVALIDITY and UID. */
    record Served(String id, String mailbox, Instant receivedAt, Set<Keyword> keywords, String sha256) {}

    List<Mailbox> mailboxes() {
        return mail.mailboxes().list();
    }

    List<Email> emails() {
        List<Email> all = new ArrayList<>();
        for (Mailbox mailbox : mailboxes()) {
            mail.emails()
                    .query(EmailQuery.in(mailbox.id()).fetch(FetchLevel.STRUCTURE))
                    .forEach(all::add);
        }
        return all;
    }

    Map<String, Served> all() {
        Map<String, Served> served = new TreeMap<>();
        for (Mailbox mailbox : mailboxes()) {
            List<EmailId> ids = new ArrayList<>();
            mail.emails().query(EmailQuery.in(mailbox.id())).forEach(email -> ids.add(email.id()));
            mail.emails().raw(ids, new RawVisitor() {
                @Override
                public void message(Email email, InputStream content) throws IOException {
                    served.put(
                            email.id().value(),
                            new Served(
                                    email.id().value(),
                                    mailbox.fullName(),
                                    email.receivedAt(),
                                    email.keywords(),
                                    sha256(content.readAllBytes())));
                }

                @Override
                public void unreadable(EmailId id, MailException reason) {
                    throw new AssertionError(reason);
                }
            });
        }
        return served;
    }

    byte[] octets(Email email, BodyPart part) {
        try (InputStream content = mail.emails().attachment(email.id(), part)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(Email email, BodyPart part) {
        String charset = part.charset();
        Charset known = charset == null ? StandardCharsets.US_ASCII : Charset.forName(charset);
        return new String(octets(email, part), known).replace("\r\n", "\n").strip();
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        runtime.close();
    }
}
