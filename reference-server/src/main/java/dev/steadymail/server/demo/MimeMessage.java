package dev.steadymail.server.demo;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a letter as a message (RFC 5322, RFC 2045). The same letter and first start give the same octets. */
final class MimeMessage {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.ROOT);

    private MimeMessage() {}

    static byte[] of(Letter letter, Instant firstStart) {
        MimePart content = content(letter, firstStart);
        String head = String.join("\r\n", fields(letter, firstStart)) + "\r\n";
        return content.writeAfter(head.getBytes(StandardCharsets.US_ASCII));
    }

    private static List<String> fields(Letter letter, Instant firstStart) {
        Charset charset = letter.wording().charset();
        List<String> fields = new ArrayList<>();
        fields.add("Date: " + DATE.format(letter.sentAt(firstStart)));
        fields.add("From: " + addresses(List.of(letter.from()), charset));
        fields.add("To: " + addresses(letter.to(), charset));
        if (!letter.cc().isEmpty()) {
            fields.add("Cc: " + addresses(letter.cc(), charset));
        }
        fields.add("Subject: " + HeaderText.encode(letter.wording().subject(), charset));
        fields.add("Message-ID: " + messageId(letter.id()));
        fields.addAll(threading(letter.thread()));
        fields.add("MIME-Version: 1.0");
        return fields;
    }

    private static List<String> threading(List<String> thread) {
        if (thread.isEmpty()) {
            return List.of();
        }
        String references = thread.stream().map(MimeMessage::messageId).collect(Collectors.joining("\r\n "));
        return List.of("In-Reply-To: " + messageId(thread.get(thread.size() - 1)), "References: " + references);
    }

    static String messageId(String id) {
        return "<" + id + "@demo.example.com>";
    }

    private static String addresses(List<Person> people, Charset charset) {
        return people.stream()
                .map(person -> HeaderText.phrase(person.name(), charset) + " <" + person.address() + ">")
                .collect(Collectors.joining(",\r\n "));
    }

    private static MimePart content(Letter letter, Instant firstStart) {
        MimePart text = text(letter);
        if (letter.attachments().isEmpty()) {
            return text;
        }
        List<MimePart> parts = new ArrayList<>(List.of(text));
        letter.attachments()
                .forEach(name -> parts.add(Attachment.of(name, firstStart).part()));
        return MimePart.multipart("mixed", letter.id(), parts);
    }

    private static MimePart text(Letter letter) {
        Letter.Wording wording = letter.wording();
        return switch (wording.form()) {
            case PLAIN -> MimePart.text("plain", wording.text(), wording.charset(), wording.encoding());
            case HTML -> html(wording);
            case BOTH ->
                MimePart.multipart(
                        "alternative",
                        letter.id(),
                        List.of(
                                MimePart.text("plain", wording.text(), wording.charset(), wording.encoding()),
                                html(wording)));
        };
    }

    private static MimePart html(Letter.Wording wording) {
        String html = HtmlText.of(wording.subject(), wording.text());
        return MimePart.text("html", html, wording.charset(), wording.encoding());
    }
}
