package dev.steadymail.mail;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An email to send. It has its own Message-ID from the start, so that whether it was sent can be looked up. Whatever is put into it, no
 * more than one message with the intended fields comes of it: controls in texts and names become spaces, addresses and ids with any
 * are refused. Content is private: {@link #toString} hides it. Immutable and thread-safe; each method returns a changed copy.
 *
 * <pre>{@code
 * OutgoingEmail email = OutgoingEmail.from(new EmailAddress("Ada", "ada@example.com"))
 *         .to(new EmailAddress(null, "bob@example.org"))
 *         .subject("Hello")
 *         .text("How are you?");
 * }</pre>
 */
public final class OutgoingEmail {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_OCTETS = 20;
    private static final String MESSAGE_ID = "[!-;=?-~]{1,900}";

    private final EmailAddress from;
    private final List<EmailAddress> to;
    private final List<EmailAddress> cc;
    private final List<EmailAddress> bcc;
    private final List<EmailAddress> replyTo;
    private final String subject;
    private final @Nullable String text;
    private final @Nullable String html;
    private final List<OutgoingPart> parts;
    private final String messageId;
    private final List<String> references;
    private final @Nullable Instant date;

    private OutgoingEmail(Builder builder) {
        this.from = builder.from;
        this.to = List.copyOf(builder.to);
        this.cc = List.copyOf(builder.cc);
        this.bcc = List.copyOf(builder.bcc);
        this.replyTo = List.copyOf(builder.replyTo);
        this.subject = builder.subject;
        this.text = builder.text;
        this.html = builder.html;
        this.parts = List.copyOf(builder.parts);
        this.messageId = builder.messageId;
        this.references = List.copyOf(builder.references);
        this.date = builder.date;
    }

    /**
     * Begins an email with a new Message-ID.
     *
     * @throws IllegalArgumentException for what is no address
     */
    public static OutgoingEmail from(EmailAddress from) {
        EmailAddress author = checked(from);
        byte[] id = new byte[ID_OCTETS];
        RANDOM.nextBytes(id);
        String domain = author.address().substring(author.address().lastIndexOf('@') + 1);
        String known = domain.matches("[A-Za-z0-9.-]+") ? domain.toLowerCase(Locale.ROOT) : "localhost";
        return new OutgoingEmail(new Builder(author, HexFormat.of().formatHex(id) + "@" + known));
    }

    /** Adds recipients; the next three add others. Addresses are kept in Unicode's Normalization Form C;
     * see {@link #needsUtf8} for those that have more than ASCII before the {@code @}. */
    public OutgoingEmail to(EmailAddress... addresses) {
        Builder changed = new Builder(this);
        changed.to.addAll(checked(addresses));
        return new OutgoingEmail(changed);
    }

    public OutgoingEmail cc(EmailAddress... addresses) {
        Builder changed = new Builder(this);
        changed.cc.addAll(checked(addresses));
        return new OutgoingEmail(changed);
    }

    /** Adds recipients that the others are not told of. */
    public OutgoingEmail bcc(EmailAddress... addresses) {
        Builder changed = new Builder(this);
        changed.bcc.addAll(checked(addresses));
        return new OutgoingEmail(changed);
    }

    public OutgoingEmail replyTo(EmailAddress... addresses) {
        Builder changed = new Builder(this);
        changed.replyTo.addAll(checked(addresses));
        return new OutgoingEmail(changed);
    }

    public OutgoingEmail subject(String subject) {
        Builder changed = new Builder(this);
        changed.subject = subject;
        return new OutgoingEmail(changed);
    }

    /** Sets the plain text; its line ends may be of any kind. */
    public OutgoingEmail text(String text) {
        Builder changed = new Builder(this);
        changed.text = text;
        return new OutgoingEmail(changed);
    }

    /** Sets the HTML, beside the plain text where there is one: recipients see one of both. */
    public OutgoingEmail html(String html) {
        Builder changed = new Builder(this);
        changed.html = html;
        return new OutgoingEmail(changed);
    }

    /** Adds an attachment, or an image that the HTML shows where it has a Content-ID. */
    public OutgoingEmail with(OutgoingPart part) {
        Builder changed = new Builder(this);
        changed.parts.add(part);
        return new OutgoingEmail(changed);
    }

    /**
     * Makes it an answer (RFC 5322 section 3.6.4): Gmail joins it to the thread where the subject fits as well.
     *
     * @param messageId the Message-ID of the message that is answered, without angle brackets
     * @param references the References of that message, or its In-Reply-To where it has none
     * @throws IllegalArgumentException where the id has white space or angle brackets; such references are left out
     */
    public OutgoingEmail inReplyTo(String messageId, List<String> references) {
        Builder changed = new Builder(this);
        changed.references = new ArrayList<>(references.stream()
                .filter(id -> id.matches(MESSAGE_ID) && !id.equals(messageId))
                .toList());
        changed.references.add(checkedId(messageId));
        return new OutgoingEmail(changed);
    }

    /**
     * Replaces the Message-ID.
     *
     * @param messageId unique in the world, without angle brackets
     * @throws IllegalArgumentException where it has white space or angle brackets
     */
    public OutgoingEmail messageId(String messageId) {
        Builder changed = new Builder(this);
        changed.messageId = checkedId(messageId);
        return new OutgoingEmail(changed);
    }

    /** Sets the Date field; by default it is when the message is written. */
    public OutgoingEmail date(Instant date) {
        Builder changed = new Builder(this);
        changed.date = date;
        return new OutgoingEmail(changed);
    }

    private static List<EmailAddress> checked(EmailAddress... addresses) {
        return Arrays.stream(addresses).map(OutgoingEmail::checked).toList();
    }

    private static EmailAddress checked(EmailAddress address) {
        String sendable = SendableAddress.of(address.address());
        if (sendable == null) {
            throw new IllegalArgumentException(
                    "an address must be as ada@example.com, without controls and white space,"
                            + " with 64 octets before the @ and 254 in all at most");
        }
        return new EmailAddress(address.name(), sendable);
    }

    /** Returns whether an address can be sent to: one from a message may be anything. */
    public static boolean accepts(String address) {
        return SendableAddress.of(address) != null;
    }

    /** Returns whether a Message-ID can be written, without its angle brackets: one from a message may be anything. */
    public static boolean acceptsId(String messageId) {
        return messageId.matches(MESSAGE_ID);
    }

    private static String checkedId(String messageId) {
        if (!acceptsId(messageId)) {
            throw new IllegalArgumentException(
                    "a Message-ID must be ASCII without white space and angle brackets, 900 characters at most");
        }
        return messageId;
    }

    public EmailAddress from() {
        return from;
    }

    public List<EmailAddress> to() {
        return to;
    }

    public List<EmailAddress> cc() {
        return cc;
    }

    public List<EmailAddress> bcc() {
        return bcc;
    }

    public List<EmailAddress> replyTo() {
        return replyTo;
    }

    /** Returns the addresses of all recipients, each once. */
    public List<String> recipients() {
        return Stream.of(to, cc, bcc)
                .flatMap(List::stream)
                .map(EmailAddress::address)
                .distinct()
                .toList();
    }

    /**
     * Returns whether an address of it, the author's among them, has more than ASCII before the {@code @}. Such an email goes only through
     * servers that all offer SMTPUTF8 (RFC 6531), and its header has UTF-8 where those addresses stand (RFC 6532). Domains never need it.
     */
    public boolean needsUtf8() {
        return Stream.of(List.of(from), to, cc, bcc, replyTo)
                .flatMap(List::stream)
                .anyMatch(address -> SendableAddress.needsUtf8(address.address()));
    }

    public String subject() {
        return subject;
    }

    public @Nullable String text() {
        return text;
    }

    public @Nullable String html() {
        return html;
    }

    public List<OutgoingPart> parts() {
        return parts;
    }

    /** Returns the Message-ID without angle brackets. */
    public String messageId() {
        return messageId;
    }

    /** Returns the ids of the messages before it in its thread, the one that it answers last; empty where it answers none. */
    public List<String> references() {
        return references;
    }

    public @Nullable Instant date() {
        return date;
    }

    @Override
    public String toString() {
        return "OutgoingEmail[hidden]";
    }

    private static final class Builder {
        private final EmailAddress from;
        private final List<EmailAddress> to = new ArrayList<>();
        private final List<EmailAddress> cc = new ArrayList<>();
        private final List<EmailAddress> bcc = new ArrayList<>();
        private final List<EmailAddress> replyTo = new ArrayList<>();
        private final List<OutgoingPart> parts = new ArrayList<>();
        private List<String> references = new ArrayList<>();
        private String subject = "";
        private @Nullable String text;
        private @Nullable String html;
        private String messageId;
        private @Nullable Instant date;

        Builder(EmailAddress from, String messageId) {
            this.from = from;
            this.messageId = messageId;
        }

        Builder(OutgoingEmail email) {
            this(email.from, email.messageId);
            to.addAll(email.to);
            cc.addAll(email.cc);
            bcc.addAll(email.bcc);
            replyTo.addAll(email.replyTo);
            parts.addAll(email.parts);
            references.addAll(email.references);
            subject = email.subject;
            text = email.text;
            html = email.html;
            date = email.date;
        }
    }
}
