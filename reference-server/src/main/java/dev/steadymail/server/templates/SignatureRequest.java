package dev.steadymail.server.templates;

import dev.steadymail.server.drafts.FieldCheck;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A signature as its person wrote it.
 *
 * @param accountId the account whose emails it is for; null for all
 * @param isDefault whether it is the one to begin with; there is one at most for each account, and one for all
 */
record SignatureRequest(
        @Nullable UUID accountId,
        @Nullable String name,
        @Nullable String text,
        @Nullable String html,
        boolean isDefault) {
    void check() {
        TemplateRequest.requireName(name);
        String unusedText = FieldCheck.text("text", text);
        String unusedHtml = FieldCheck.text("html", html);
    }

    @Override
    public String toString() {
        return "SignatureRequest[hidden]";
    }
}
