package dev.steadymail.server.mail;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.server.accounts.AccountClients;
import dev.steadymail.server.mail.EmailContent.TextPart;
import dev.steadymail.server.mail.EmailDetail.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the text of emails from their provider. Thread-safe. */
@Component
class EmailTexts {
    private static final int MAX_BYTES = 1 << 20;

    private final AccountClients clients;

    EmailTexts(AccountClients clients) {
        this.clients = clients;
    }

    /**
     * Returns the text of an email, its first MiB where it is longer.
     *
     * @throws MailException where the provider does not give it
     */
    Text read(UUID account, EmailId email, TextPart part) {
        BodyPart asked = new BodyPart(part.partId(), part.type(), part.charset(), null, null, null, -1, List.of());
        try (InputStream in = clients.of(account).emails().attachment(email, asked)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            boolean truncated = bytes.length > MAX_BYTES;
            String decoded = new String(bytes, 0, Math.min(bytes.length, MAX_BYTES), charset(part.charset()));
            return new Text(part.type().equals("text/html") ? HtmlText.of(decoded) : decoded, truncated);
        } catch (IOException cut) {
            throw MailException.of(Kind.NETWORK, "the text could not be read to its end; try again", cut);
        }
    }

    /** Senders write names that no list has; what the bytes then say in UTF-8 is the best guess. */
    private static Charset charset(@Nullable String name) {
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
