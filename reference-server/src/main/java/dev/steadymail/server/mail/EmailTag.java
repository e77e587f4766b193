package dev.steadymail.server.mail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.UUID;

/** The entity tag of an email (RFC 9110 section 8.8.3): the same as long as its keywords and mailboxes are. */
public final class EmailTag {
    private static final int BYTES = 16;

    private EmailTag() {}

    /** Returns the tag with its quotes. */
    public static String of(EmailSummary email) {
        return of(email.id(), email.keywords(), email.mailboxIds());
    }

    /** Returns the tag with its quotes; the order of keywords and mailboxes does not matter. */
    public static String of(UUID id, Collection<String> keywords, Collection<UUID> mailboxIds) {
        MessageDigest digest = sha256();
        digest.update(id.toString().getBytes(StandardCharsets.UTF_8));
        keywords.stream().sorted().forEach(keyword -> digest.update(("\n" + keyword).getBytes(StandardCharsets.UTF_8)));
        mailboxIds.stream()
                .map(UUID::toString)
                .sorted()
                .forEach(mailbox -> digest.update(("\0" + mailbox).getBytes(StandardCharsets.UTF_8)));
        byte[] hash = Arrays.copyOf(digest.digest(), BYTES);
        return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"';
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
