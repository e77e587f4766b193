package dev.steadymail.benchmarks.gmail;

import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.model.Message;
import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Tokens;
import dev.steadymail.gmail.GmailAccount;
import dev.steadymail.gmail.GmailSettings;
import dev.steadymail.gmail.UploadSettings;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.QuotaPlan;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.provider.RawVisitor;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ways in which this SDK brings a message to Gmail, without limits of their pace: by its own client in one request or in pieces, and
 * by Google's client over its connections. Thread-safe.
 */
final class CorpusUploads implements AutoCloseable {
    private static final String INBOX = "INBOX";
    private static final String ME = "me";
    /** The smallest piece that Google takes. */
    private static final int PIECE = 256 << 10;

    private static final GuardSettings UNLIMITED = GuardSettings.GMAIL.toBuilder()
            .quota(QuotaPlan.NONE)
            .starts(1_000_000, Duration.ofSeconds(1))
            .maxInFlight(10)
            .build();

    private final MailRuntime runtime =
            MailRuntime.builder().callTimeout(Duration.ofMinutes(5)).build();
    private final MailClient atOnce;
    private final MailClient inPieces;
    private final Gmail google;

    CorpusUploads(String root, String user, String token) {
        GmailAccount account = GmailAccount.with(Tokens.fixed(token))
                .user(user)
                .rootUrl(URI.create(root))
                .guarded(UNLIMITED);
        UploadSettings pieces = new UploadSettings(0, PIECE);
        this.atOnce = runtime.open(account);
        this.inPieces = runtime.open(account.settings(GmailSettings.DEFAULT.withUploads(pieces)));
        this.google = atOnce.unwrap(Gmail.class).orElseThrow();
    }

    /** Adds one message to the inbox. */
    @FunctionalInterface
    interface Upload {
        /** Returns the new message's id. */
        String add(byte[] octets) throws IOException;
    }

    Upload named(String name) {
        return switch (name) {
            case "json-insert" ->
                octets -> google.users()
                        .messages()
                        .insert(ME, json(octets))
                        .execute()
                        .getId();
            case "json-import" ->
                octets -> google.users()
                        .messages()
                        .gmailImport(ME, json(octets))
                        .execute()
                        .getId();
            case "multipart" -> octets -> add(atOnce, octets);
            case "resumable" -> octets -> add(inPieces, octets);
            default -> throw new IllegalArgumentException("there is no upload " + name);
        };
    }

    void read(List<EmailId> ids, RawVisitor visitor) {
        atOnce.emails().raw(ids, visitor);
    }

    /** Returns how many HTTP requests there were so far. */
    long requests() {
        return Stream.of(atOnce, inPieces)
                .mapToLong(client -> client.traffic().requests())
                .sum();
    }

    @Override
    public void close() {
        runtime.close();
    }

    private static String add(MailClient client, byte[] octets) {
        return client.emails()
                .importEmail(RawContent.of(octets), EmailImport.into(new MailboxId(INBOX)))
                .value();
    }

    private static Message json(byte[] octets) {
        return new Message().encodeRaw(octets).setLabelIds(List.of(INBOX));
    }
}
