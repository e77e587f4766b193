package dev.steadymail.server.sync;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.server.mail.StorableText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;

/** A provider's id as the database has it: the text itself, and a key of fixed size to find it by. */
final class ProviderId {
    private final byte[] key;
    private final String text;

    private ProviderId(byte[] key, String text) {
        this.key = key;
        this.text = text;
    }

    static ProviderId of(EmailId id) {
        return of(id.value());
    }

    static ProviderId of(MailboxId id) {
        return of(id.value());
    }

    static byte[] key(EmailId id) {
        return of(id).key;
    }

    static byte[][] keys(Collection<MailboxId> ids) {
        return ids.stream().map(id -> of(id).key).toArray(byte[][]::new);
    }

    static EmailId email(String stored) {
        return new EmailId(StorableText.unescaped(stored));
    }

    static MailboxId mailbox(String stored) {
        return new MailboxId(StorableText.unescaped(stored));
    }

    private static ProviderId of(String id) {
        String text = StorableText.escaped(id);
        return new ProviderId(sha256().digest(text.getBytes(StandardCharsets.UTF_8)), text);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    byte[] key() {
        return key;
    }

    String text() {
        return text;
    }

    /** Hides the text: on IMAP it holds the mailbox's name. */
    @Override
    public String toString() {
        return "ProviderId[hidden]";
    }
}
