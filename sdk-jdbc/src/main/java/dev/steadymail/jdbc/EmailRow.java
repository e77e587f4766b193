package dev.steadymail.jdbc;

import dev.steadymail.mail.Ancestry;
import dev.steadymail.mail.BlobId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Fingerprint;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.provider.KnownEmail;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An email as it is stored, without its header and structure.
 *
 * @param number the store's own id, as a number
 */
record EmailRow(long number, Email email) {
    /** Columns of {@code steadymail_email e} and of one mailbox {@code m} that it is in, or null. */
    static final String COLUMNS = "e.number, e.id_text, e.thread_id, e.blob_id, e.keywords, e.received_s, e.received_n,"
            + " e.size, e.fingerprint, e.ancestry, m.id_text as mailbox";

    /** Adds the mailboxes to emails {@code e}: as many rows as an email has mailboxes. */
    static final String WITH_MAILBOXES = " left join steadymail_place i on i.account_id = e.account_id and"
            + " i.email_number = e.number left join steadymail_mailbox m on m.id = i.mailbox_id";

    /** Keywords have no white space. */
    static String keywords(Collection<Keyword> keywords) {
        return SafeText.write(keywords.stream().map(Keyword::value).sorted().collect(Collectors.joining(" ")));
    }

    /** Makes emails of rows, each with one mailbox; in order of the first row of each. */
    static List<EmailRow> gather(List<EmailRow> rows) {
        Map<Long, EmailRow> gathered = new LinkedHashMap<>();
        rows.forEach(row -> gathered.merge(row.number, row, EmailRow::and));
        return List.copyOf(gathered.values());
    }

    private EmailRow and(EmailRow other) {
        Set<MailboxId> mailboxes = new HashSet<>(email.mailboxIds());
        mailboxes.addAll(other.email.mailboxIds());
        return new EmailRow(number, email.withState(mailboxes, email.keywords()));
    }

    static EmailRow read(ResultSet row) throws SQLException {
        String thread = row.getString("thread_id");
        String blob = row.getString("blob_id");
        String mailbox = row.getString("mailbox");
        return new EmailRow(
                row.getLong("number"),
                new Email(
                        new EmailId(SafeText.read(row.getString("id_text"))),
                        thread == null ? null : new ThreadId(SafeText.read(thread)),
                        blob == null ? null : new BlobId(SafeText.read(blob)),
                        mailboxes(mailbox),
                        keywords(SafeText.read(row.getString("keywords"))),
                        Instant.ofEpochSecond(row.getLong("received_s"), row.getInt("received_n")),
                        row.getLong("size"),
                        null,
                        null,
                        fingerprint(row.getString("fingerprint")),
                        ancestry(row.getString("ancestry"))));
    }

    private static @Nullable Fingerprint fingerprint(@Nullable String text) {
        return text == null ? null : new Fingerprint(SafeText.read(text));
    }

    private static @Nullable Ancestry ancestry(@Nullable String text) {
        return text == null ? null : new Ancestry(text);
    }

    private static Set<MailboxId> mailboxes(@Nullable String mailbox) {
        return mailbox == null ? Set.of() : Set.of(new MailboxId(SafeText.read(mailbox)));
    }

    private static Set<Keyword> keywords(String joined) {
        return joined.isEmpty()
                ? Set.of()
                : Arrays.stream(joined.split(" ", -1)).map(Keyword::new).collect(Collectors.toUnmodifiableSet());
    }

    KnownEmail known() {
        return KnownEmail.of(email);
    }
}
