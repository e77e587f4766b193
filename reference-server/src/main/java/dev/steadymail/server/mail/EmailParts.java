package dev.steadymail.server.mail;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.server.accounts.AccountClients;
import dev.steadymail.server.mail.StoredMail.StoredEmail;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Parts of emails, decoded, from what was read a moment ago or else from the provider. What fails there is a
 * {@link MailException}. Thread-safe.
 */
@Component
class EmailParts {
    /** No provider names a part so. */
    private static final String SHOWN = "#shown";

    private static final JsonMapper JSON = new JsonMapper();

    private final AccountClients clients;
    private final BodyCache cache;

    EmailParts(AccountClients clients, BodyCache cache) {
        this.clients = clients;
        this.cache = cache;
    }

    /**
     * Returns a part's first octets.
     *
     * @param most one more is returned where there are more
     */
    byte[] head(StoredEmail email, String partId, int most) {
        UUID id = email.summary().id();
        Optional<byte[]> kept = cache.find(id, partId);
        if (kept.isPresent()) {
            byte[] whole = kept.get();
            return whole.length > most ? Arrays.copyOf(whole, most + 1) : whole;
        }
        byte[] read = readHead(email, partId, most + 1);
        if (read.length <= most) {
            cache.keep(id, partId, read);
        }
        return read;
    }

    /**
     * Opens a part; the caller closes the stream.
     *
     * @param size octets as the provider counts them; -1 where unknown
     */
    InputStream open(StoredEmail email, String partId, long size) {
        if (size >= 0 && size <= BodyCache.LARGEST) {
            byte[] read = head(email, partId, BodyCache.LARGEST);
            if (read.length <= BodyCache.LARGEST) {
                return new ByteArrayInputStream(read);
            }
            // Larger than the provider said.
        }
        return atProvider(email, partId);
    }

    /** Opens the exact octets of an email; the caller closes the stream. */
    InputStream raw(StoredEmail email) {
        return clients.of(email.summary().accountId()).emails().raw(email.providerId());
    }

    /** Returns which parts the HTML view is made of. */
    ShownParts shown(StoredEmail email) {
        UUID id = email.summary().id();
        Optional<byte[]> kept = cache.find(id, SHOWN);
        if (kept.isPresent()) {
            return JSON.readValue(kept.get(), ShownParts.class);
        }
        BodyPart body = clients.of(email.summary().accountId())
                .emails()
                .get(email.providerId(), FetchLevel.STRUCTURE)
                .body();
        if (body == null) {
            throw MailException.of(Kind.PROTOCOL, "the provider did not tell what the email consists of; try again");
        }
        ShownParts shown = ShownParts.of(body);
        cache.keep(id, SHOWN, JSON.writeValueAsString(shown).getBytes(StandardCharsets.UTF_8));
        return shown;
    }

    private byte[] readHead(StoredEmail email, String partId, int most) {
        try (InputStream in = atProvider(email, partId)) {
            return in.readNBytes(most);
        } catch (IOException cut) {
            throw MailException.of(Kind.NETWORK, "the part could not be read to its end; try again", cut);
        }
    }

    private InputStream atProvider(StoredEmail email, String partId) {
        BodyPart asked = new BodyPart(partId, "application/octet-stream", null, null, null, null, -1, List.of());
        return clients.of(email.summary().accountId()).emails().attachment(email.providerId(), asked);
    }
}
