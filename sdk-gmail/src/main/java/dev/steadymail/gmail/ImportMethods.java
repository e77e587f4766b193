package dev.steadymail.gmail;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mime.header.MailDate;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MessageHeader;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Adds messages by {@code messages.insert}, which keeps them as they are where they are put; {@code messages.import} would scan them
 * like mail that arrives, and put some into spam. Thread-safe.
 */
final class ImportMethods {
    private static final Duration NEAR = Duration.ofDays(1);

    private final Uploads uploads;
    private final EmailPages pages;

    ImportMethods(Uploads uploads, EmailPages pages) {
        this.uploads = uploads;
        this.pages = pages;
    }

    EmailId add(RawContent content, EmailImport into, Call call) {
        // Refuses keywords that Gmail cannot keep.
        var unused = LabelChange.ofKeywords(into.keywords(), into.keywords());
        UploadMethod insert = UploadMethod.insert(dateSource(content, into.receivedAt()), json(into));
        try {
            return new EmailId(uploads.upload(insert, content, call).id());
        } catch (MailException failure) {
            if (failure.kind() == Kind.INVALID && content.size() > 0) {
                for (MailboxId mailbox : into.mailboxIds()) {
                    pages.requireMailbox(mailbox, call);
                }
            }
            throw failure;
        }
    }

    private static String json(EmailImport into) {
        JsonArray labels = new JsonArray();
        Labels.labelIds(into.mailboxIds(), into.keywords()).stream().sorted().forEach(labels::add);
        JsonObject message = new JsonObject();
        message.add("labelIds", labels);
        return message.toString();
    }

    /** Gmail takes the Date field or its own clock, and no other time. */
    private static String dateSource(RawContent content, @Nullable Instant receivedAt) {
        if (receivedAt == null || content.size() < 1) {
            return "receivedTime";
        }
        Instant date =
                MessageHeader.of(content).first("Date").map(MailDate::parse).orElse(null);
        if (date == null || Duration.between(date, receivedAt).abs().compareTo(NEAR) > 0) {
            throw MailException.of(
                    Kind.UNSUPPORTED,
                    "Gmail dates an imported message by its Date field or by now, and that field is more than a day from"
                            + " receivedAt; leave receivedAt out");
        }
        return "dateHeader";
    }
}
