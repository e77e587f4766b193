package dev.steadymail.testkit.gmail;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** users.messages.insert, import and send. */
final class UploadResource {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>,;:\"()]+@[^\\s<>,;:\"()]+");
    private static final int MAX_RECIPIENTS = 500;

    private UploadResource() {}

    static List<Route> routes() {
        return List.of(
                Route.of("messages.insert", "POST", "messages", call -> store(call, "receivedTime")),
                Route.of("messages.import", "POST", "messages/import", call -> store(call, "dateHeader")),
                Route.of("messages.send", "POST", "messages/send", UploadResource::send));
    }

    private static Reply store(Call call, String defaultDateSource) {
        IncomingMail mail = IncomingMail.of(call);
        byte[] raw = mail.rawOr(mail.metadata());
        boolean fromHeader = dateSource(call, defaultDateSource).equals("dateHeader");
        Instant now = call.mailbox().clock().instant();
        Instant received = fromHeader ? dateOf(raw, now) : now;
        List<String> labels = Call.strings(mail.metadata(), "labelIds");
        String threadId = Call.string(mail.metadata(), "threadId");
        return Reply.json(MessageJson.slim(call.mailbox().add(raw, labels, received, threadId)));
    }

    private static String dateSource(Call call, String otherwise) {
        String source = call.param("internalDateSource");
        if (source != null && !source.equals("dateHeader") && !source.equals("receivedTime")) {
            throw ApiException.invalid("Invalid value at 'internal_date_source': " + source);
        }
        return source == null ? otherwise : source;
    }

    private static Reply send(Call call) {
        IncomingMail mail = IncomingMail.of(call);
        String threadId = Call.string(mail.metadata(), "threadId");
        return Reply.json(MessageJson.slim(deliver(call, mail.rawOr(mail.metadata()), threadId)));
    }

    /** Puts the message into SENT, and into the inbox of each recipient that has a mailbox here. */
    static StoredMessage deliver(Call call, byte[] raw, @Nullable String threadId) {
        Set<String> recipients = recipients(MimeReader.read(raw));
        Set<Mailbox> local = new LinkedHashSet<>();
        for (String recipient : recipients) {
            Mailbox mailbox = call.mailboxes().find(recipient);
            if (mailbox != null) {
                local.add(mailbox);
            }
        }
        List<String> labels = new ArrayList<>(List.of("SENT"));
        if (local.remove(call.mailbox())) {
            labels.addAll(List.of("INBOX", "UNREAD"));
        }
        Instant now = call.mailbox().clock().instant();
        byte[] asSent = asSent(call, raw);
        StoredMessage sent = call.mailbox().add(asSent, labels, now, threadId);
        for (Mailbox mailbox : local) {
            mailbox.add(asSent, List.of("INBOX", "UNREAD"), now, null);
        }
        return sent;
    }

    private static byte[] asSent(Call call, byte[] raw) {
        if (!call.mailboxes().rewritesMessageIds()) {
            return raw;
        }
        String id = "CAFake+" + Long.toUnsignedString(call.mailbox().history().current(), 36);
        return SentMessageId.replaced(raw, id + "@mail.gmail.com");
    }

    private static Set<String> recipients(MimePart mime) {
        Set<String> found = new LinkedHashSet<>();
        for (String header : List.of("To", "Cc", "Bcc")) {
            Matcher matcher = ADDRESS.matcher(mime.decodedHeader(header));
            while (matcher.find()) {
                found.add(matcher.group().toLowerCase(Locale.ROOT));
            }
        }
        if (found.isEmpty()) {
            throw ApiException.invalid("Recipient address required");
        }
        if (found.size() > MAX_RECIPIENTS) {
            throw ApiException.invalid("Too many recipients: the limit is " + MAX_RECIPIENTS);
        }
        return found;
    }

    private static Instant dateOf(byte[] raw, Instant otherwise) {
        String value = MimeReader.read(raw).decodedHeader("Date").replaceAll("\\([^)]*\\)", "");
        try {
            return ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException unreadable) {
            return otherwise;
        }
    }
}
