package dev.steadymail.server.templates;

import dev.steadymail.server.drafts.FieldCheck;
import dev.steadymail.server.drafts.WrongEmailException;
import org.jspecify.annotations.Nullable;

/** A template as somebody wrote it, with {@code {{name}}} where values go. */
record TemplateRequest(
        @Nullable String name,
        @Nullable String subject,
        @Nullable String text,
        @Nullable String html) {
    private static final int LONGEST_NAME = 200;

    /**
     * Checks all fields.
     *
     * @throws WrongEmailException where one cannot be in an email
     */
    void check() {
        requireName(name);
        String unusedSubject = FieldCheck.line("subject", subject);
        String unusedText = FieldCheck.text("text", text);
        String unusedHtml = FieldCheck.text("html", html);
    }

    static void requireName(@Nullable String name) {
        String given = FieldCheck.line("name", name);
        if (given.isBlank() || given.length() > LONGEST_NAME) {
            throw new WrongEmailException("name must have 1 to " + LONGEST_NAME + " characters");
        }
    }

    @Override
    public String toString() {
        return "TemplateRequest[hidden]";
    }
}
