package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.html.HtmlSanitizer;
import dev.steadymail.html.SanitizedHtml;
import dev.steadymail.html.UrlRule;
import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.query.EmailQuery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the newest email that has HTML as a page which is safe to open, with its own images and nothing from elsewhere. */
public final class ShowHtml {
    private static final String PAGE = """
            <!doctype html><meta charset=utf-8><title>Email</title>
            <meta http-equiv=Content-Security-Policy content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <body>%s
            """;

    private ShowHtml() {}

    public static void main(String[] args) throws IOException {
        Path page = Path.of(args.length > 0 ? args[0] : "email.html");
        SanitizedHtml shown = run(ExampleAccount.from(System.getenv()), page);
        System.out.printf(
                "%s: %d blocked, %d of them to see who reads it%n",
                page, shown.blocked().size(), shown.trackingPixels());
    }

    static SanitizedHtml run(MailAccount account, Path page) throws IOException {
        SanitizedHtml shown;
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account)) {
            EmailQuery newest =
                    EmailQuery.in(Role.INBOX).newestFirst().limit(50).fetch(FetchLevel.STRUCTURE);
            Email email = mail.emails().query(newest).stream()
                    .filter(each -> parts(each, "text/html").findAny().isPresent())
                    .findFirst()
                    .orElseThrow(() -> new IOException("none of the newest 50 emails has HTML"));
            shown = shown(mail, email, false);
        }
        Files.writeString(page, PAGE.formatted(shown.html()));
        return shown;
    }

    private static SanitizedHtml shown(MailClient mail, Email email, boolean readerAgreed) throws IOException {
        BodyPart body = parts(email, "text/html").findFirst().orElseThrow();
        String html = new String(read(mail, email, body), charset(body));
        Map<String, String> attachments = images(mail, email);
        HtmlSanitizer sanitizer = HtmlSanitizer.builder()
                .contentIds(attachments::get)
                .remoteImages(readerAgreed ? UrlRule.KEEP : UrlRule.NONE)
                .build();
        return sanitizer.sanitize(html);
    }

    /** Images by Content-ID, each in a URL. */
    private static Map<String, String> images(MailClient mail, Email email) throws IOException {
        Map<String, String> images = new HashMap<>();
        List<BodyPart> parts = parts(email, "image/").toList();
        for (BodyPart part : parts) {
            if (part.contentId() != null) {
                String content = Base64.getEncoder().encodeToString(read(mail, email, part));
                images.put(part.contentId(), "data:" + part.type() + ";base64," + content);
            }
        }
        return images;
    }

    private static Stream<BodyPart> parts(Email email, String type) {
        BodyPart structure = email.body();
        return structure == null
                ? Stream.empty()
                : structure.walk().filter(part -> part.type().startsWith(type));
    }

    private static byte[] read(MailClient mail, Email email, BodyPart part) throws IOException {
        try (InputStream content = mail.emails().attachment(email.id(), part)) {
            return content.readAllBytes();
        }
    }

    private static Charset charset(BodyPart part) {
        String name = part.charset() == null ? "utf-8" : part.charset();
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            // Latin-1 reads anything; what the sender named is not known here.
            return StandardCharsets.ISO_8859_1;
        }
    }
}
