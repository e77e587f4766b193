package dev.steadymail.send;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.OutgoingPart;
import dev.steadymail.mail.RawContent;
import dev.steadymail.provider.MessageHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether two messages of one key are the same: SHA-256 of what its sender chose. Date and Message-ID are not in it, since whoever
 * sends again after a crash has others.
 */
final class Fingerprint {
    private final MessageDigest digest;

    private Fingerprint() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /**
     * Returns that of an email.
     *
     * @throws MailException of kind STORAGE where an attachment cannot be read
     */
    static String of(OutgoingEmail email) {
        Fingerprint all = new Fingerprint();
        all.add(List.of(email.from()));
        all.add(email.to());
        all.add(email.cc());
        all.add(email.bcc());
        all.add(email.replyTo());
        all.add(email.subject());
        all.add(email.text());
        all.add(email.html());
        email.references().forEach(all::add);
        for (OutgoingPart part : email.parts()) {
            all.add(part.fileName());
            all.add(part.type());
            all.add(part.contentId());
            all.add(part.content());
        }
        return all.text();
    }

    /**
     * Returns that of a message as it is.
     *
     * @throws MailException of kind STORAGE where it cannot be read
     */
    static String of(RawContent message) {
        Fingerprint all = new Fingerprint();
        all.add(message);
        return all.text();
    }

    private void add(List<EmailAddress> addresses) {
        add(Integer.toString(addresses.size()));
        for (EmailAddress address : addresses) {
            add(address.name());
            add(address.address());
        }
    }

    /** Lengths keep texts apart. */
    private void add(@Nullable String text) {
        byte[] octets = Objects.requireNonNullElse(text, "").getBytes(StandardCharsets.UTF_8);
        digest.update(((text == null ? "-" : octets.length) + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(octets);
    }

    private void add(RawContent content) {
        add(Long.toString(content.size()));
        try (InputStream in = new DigestInputStream(content.open(), digest)) {
            long unused = in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException failure) {
            throw MessageHeader.unreadable(failure);
        }
    }

    private String text() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
