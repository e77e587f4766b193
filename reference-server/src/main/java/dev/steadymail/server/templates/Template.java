package dev.steadymail.server.templates;

import dev.steadymail.server.drafts.FieldCheck;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A template of an organisation. */
record Template(
        UUID id,
        String name,
        String subject,
        @Nullable String text,
        @Nullable String html,
        Instant changedAt) {
    /**
     * Returns the template with values in its places.
     *
     * @throws dev.steadymail.server.drafts.WrongEmailException where a value would bring a line end into the subject
     */
    Rendered render(Map<String, String> values) {
        return new Rendered(
                FieldCheck.line("subject", Placeholders.inText(subject, values)),
                text == null ? null : FieldCheck.text("text", Placeholders.inText(text, values)),
                html == null ? null : FieldCheck.text("html", Placeholders.inHtml(html, values)));
    }

    @Override
    public String toString() {
        return "Template[" + id + "]";
    }

    /** What becomes the fields of an email. */
    record Rendered(
            String subject, @Nullable String text, @Nullable String html) {
        @Override
        public String toString() {
            return "Rendered[hidden]";
        }
    }
}
