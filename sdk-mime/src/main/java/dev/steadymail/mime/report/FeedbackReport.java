package dev.steadymail.mime.report;

import dev.steadymail.mime.MimeHeaders;
import dev.steadymail.mime.ParsedEmail;
import dev.steadymail.mime.ParsedPart;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A report that a recipient complains, or of another kind of feedback (RFC 5965). Its content is private, so {@link #toString} hides
 * it. Immutable.
 *
 * @param type {@code abuse}, {@code fraud}, {@code virus} or another word, in lower case
 * @param fields all fields of the report
 * @param original header fields of the message that the report is about, or null where it came without
 */
public record FeedbackReport(
        String type, MimeHeaders fields, @Nullable MimeHeaders original) {
    /** Returns the report that a message is; empty where it has no part of type {@code message/feedback-report}. */
    public static Optional<FeedbackReport> of(ParsedEmail email) {
        List<ParsedPart> parts = email.root().walk().toList();
        return Parts.first(parts, "message/feedback-report", "message/feedback-report")
                .map(report -> {
                    MimeHeaders fields = FieldGroups.header(report);
                    return new FeedbackReport(
                            fields.text("Feedback-Type").strip().toLowerCase(Locale.ROOT),
                            fields,
                            Parts.original(parts));
                });
    }

    @Override
    public String toString() {
        return "FeedbackReport[hidden]";
    }
}
