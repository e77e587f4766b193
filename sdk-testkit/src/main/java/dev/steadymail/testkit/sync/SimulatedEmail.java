package dev.steadymail.testkit.sync;

import dev.steadymail.mail.Keyword;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * An email as a server holds it.
 *
 * @param name how its {@link SimulatedMailbox} tells it from others
 * @param content the {@link #fingerprint} of its octets
 * @param mailboxes full names of the mailboxes it is in, as the provider under test tells them
 * @param keywords its marks, as the provider under test tells them
 * @param readable whether its content can be read now
 */
public record SimulatedEmail(
        String name, String content, Set<String> mailboxes, Set<Keyword> keywords, boolean readable) {
    private static final int OCTETS = 8;

    public SimulatedEmail {
        mailboxes = Set.copyOf(mailboxes);
        keywords = Set.copyOf(keywords);
    }

    /** Returns what stands for the exact octets of a message. */
    public static String fingerprint(byte[] message) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(message);
            return HexFormat.of().formatHex(digest, 0, OCTETS);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Returns all that a store must hold of it, in one line. */
    String line() {
        return line(content, mailboxes, keywords);
    }

    static String line(String content, Set<String> mailboxes, Set<Keyword> keywords) {
        Set<String> marks = new TreeSet<>();
        keywords.forEach(keyword -> marks.add(keyword.value()));
        return content + " in " + new TreeSet<>(mailboxes) + " " + marks;
    }
}
