package dev.steadymail.mime.write;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.OutgoingEmail;
import dev.steadymail.mail.OutgoingPart;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mime.ParsedEmail;
import dev.steadymail.mime.ParsedPart;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Begins answers and forwards. What a message holds is a stranger's: addresses that cannot be sent to are left out, and its HTML is not
 * taken over. Thread-safe.
 */
public final class Answers {
    private static final Pattern RE =
            Pattern.compile("\\s*re\\s*(\\[\\d+])?:.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern FWD = Pattern.compile("\\s*fwd?\\s*:.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final Map<String, String> NAMELESS =
            Map.of("message/rfc822", "message.eml", "text/html", "message.html", "text/calendar", "invitation.ics");

    private Answers() {}

    /**
     * Begins an answer to whoever wrote a message, or wants answers to it: in its thread, with its text quoted.
     *
     * @param from who answers
     */
    public static OutgoingEmail reply(ParsedEmail original, EmailAddress from) {
        OutgoingEmail email = OutgoingEmail.from(from)
                .to(sendable(authors(original.envelope()), List.of()))
                .subject(subject("Re: ", RE, original))
                .text(quoted(original));
        List<String> ids = original.headers().ids("Message-ID");
        return ids.isEmpty() || !OutgoingEmail.acceptsId(ids.get(0))
                ? email
                : email.inReplyTo(ids.get(0), references(original));
    }

    /** Begins an answer to whoever wrote a message and all others who got it, but for who answers. */
    public static OutgoingEmail replyAll(ParsedEmail original, EmailAddress from) {
        OutgoingEmail email = reply(original, from);
        List<EmailAddress> known = new ArrayList<>(email.to());
        known.add(from);
        Envelope envelope = original.envelope();
        List<EmailAddress> others =
                Stream.concat(envelope.to().stream(), envelope.cc().stream()).toList();
        return email.cc(sendable(others, known));
    }

    /**
     * Begins a forward: the text of a message beneath who wrote it, and all else that it holds as attachments, its HTML included where it
     * has no text. The recipients are yours to add.
     */
    public static OutgoingEmail forward(ParsedEmail original, EmailAddress from) {
        OutgoingEmail email = OutgoingEmail.from(from)
                .subject(subject("Fwd: ", FWD, original))
                .text(forwarded(original));
        boolean hasText = !original.text().isBlank();
        for (ParsedPart part : original.root().walk().toList()) {
            boolean inText =
                    part.type().equals("text/plain") && original.textBody().contains(part);
            boolean alternative = hasText
                    && part.type().equals("text/html")
                    && original.htmlBody().contains(part);
            if (!part.isMultipart() && !inText && !alternative) {
                email = email.with(file(part));
            }
        }
        return email;
    }

    /** Texts go as UTF-8, which is what a text without a charset is read as. */
    private static OutgoingPart file(ParsedPart part) {
        RawContent content = part.type().startsWith("text/")
                ? RawContent.of(part.text().getBytes(StandardCharsets.UTF_8))
                : new PartContent(part);
        String name =
                part.fileName() == null ? NAMELESS.getOrDefault(part.type(), part.safeFileName()) : part.safeFileName();
        return new OutgoingPart(name, type(part), content, null);
    }

    private static List<EmailAddress> authors(Envelope envelope) {
        return envelope.replyTo().isEmpty() ? envelope.from() : envelope.replyTo();
    }

    private static EmailAddress[] sendable(List<EmailAddress> addresses, List<EmailAddress> without) {
        Map<String, EmailAddress> kept = new LinkedHashMap<>();
        for (EmailAddress address : addresses) {
            boolean known = without.stream().anyMatch(one -> one.address().equalsIgnoreCase(address.address()));
            if (!known && OutgoingEmail.accepts(address.address())) {
                kept.putIfAbsent(address.address().toLowerCase(Locale.ROOT), address);
            }
        }
        return kept.values().toArray(EmailAddress[]::new);
    }

    private static List<String> references(ParsedEmail original) {
        List<String> references = original.headers().ids("References");
        return references.isEmpty() ? original.headers().ids("In-Reply-To") : references;
    }

    private static String subject(String prefix, Pattern already, ParsedEmail original) {
        String subject = original.envelope().subject();
        return already.matcher(subject).matches() ? subject : prefix + subject;
    }

    private static String quoted(ParsedEmail original) {
        String quote = original.text()
                .lines()
                .map(line -> (line.startsWith(">") ? ">" : "> ") + line)
                .collect(Collectors.joining("\n"));
        return "\n\n" + when(original) + shown(original.envelope().from()) + " wrote:\n" + quote + "\n";
    }

    private static String when(ParsedEmail original) {
        Instant sent = original.envelope().sentAt();
        return sent == null ? "" : "On " + DATE.format(sent) + ", ";
    }

    private static String forwarded(ParsedEmail original) {
        Envelope envelope = original.envelope();
        Instant sent = envelope.sentAt();
        return "\n\n---------- Forwarded message ----------\nFrom: " + shown(envelope.from())
                + (sent == null ? "" : "\nDate: " + DATE.format(sent))
                + "\nSubject: " + envelope.subject()
                + "\nTo: " + shown(envelope.to())
                + "\n\n" + original.text();
    }

    private static String shown(List<EmailAddress> addresses) {
        return HeaderWords.clean(addresses.stream().map(EmailAddress::display).collect(Collectors.joining(", ")));
    }

    /** Embedded messages go as files: another message inside ours would be read as part of it. */
    private static String type(ParsedPart part) {
        try {
            return new OutgoingPart("", part.type(), RawContent.of(new byte[0]), null).type();
        } catch (IllegalArgumentException other) {
            return "application/octet-stream";
        }
    }

    private record PartContent(ParsedPart part) implements RawContent {
        @Override
        public long size() {
            return part.size();
        }

        @Override
        public InputStream open() {
            return part.open();
        }

        @Override
        public String toString() {
            return "PartContent[hidden]";
        }
    }
}
