package dev.steadymail.server.mail;

import dev.steadymail.mail.MailException;
import dev.steadymail.server.mail.EmailContent.TextPart;
import dev.steadymail.server.mail.EmailDetail.Text;
import dev.steadymail.server.mail.StoredMail.StoredEmail;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the text of emails from their provider. Thread-safe. */
@Component
class EmailTexts {
    private static final String HTML = "text/html";
    private static final int MAX_PLAIN_BYTES = 1 << 20;
    private static final int MAX_HTML_BYTES = 256 << 10;
    private static final int MOST_AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EmailParts parts;
    private final AtOnce conversions = new AtOnce(MOST_AT_ONCE, PATIENCE);

    EmailTexts(EmailParts parts) {
        this.parts = parts;
    }

    /**
     * Returns the text of an email, where it is longer its first MiB, of HTML the first 256 KiB.
     *
     * @throws MailException where the provider does not give it
     */
    Text read(StoredEmail email, TextPart part) {
        byte[] bytes = parts.head(email, part.partId(), most(part));
        return conversions.run(() -> text(bytes, part));
    }

    static Text text(byte[] bytes, TextPart part) {
        int length = Math.min(bytes.length, most(part));
        String decoded = new String(bytes, 0, length, charset(part.charset()));
        return new Text(part.type().equals(HTML) ? HtmlText.of(decoded) : decoded, length < bytes.length);
    }

    private static int most(TextPart part) {
        return part.type().equals(HTML) ? MAX_HTML_BYTES : MAX_PLAIN_BYTES;
    }

    /** Senders write names that no list has; what the bytes then say in UTF-8 is the best guess. */
    static Charset charset(@Nullable String name) {
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
