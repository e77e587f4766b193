package dev.steadymail.server.mail;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.steadymail.server.mail.EmailContent.Address;
import dev.steadymail.server.mail.EmailContent.Attachment;
import dev.steadymail.server.mail.StoredMail.StoredEmail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An email as it is read.
 *
 * @param summary as in a list, but with more than the first few of {@code from} and {@code to}
 * @param addressesLeftOut how many more addresses the email has than this server keeps, all fields together
 * @param attachmentsLeftOut how many more attachments it has
 * @param text its text; null where it has none or where it could not be read
 * @param textProblem why the text could not be read; null where it could
 */
record EmailDetail(
        @JsonUnwrapped EmailSummary summary,
        List<Address> cc,
        List<Address> bcc,
        List<Address> replyTo,
        @Nullable String messageId,
        @Nullable String inReplyTo,
        int addressesLeftOut,
        List<Attachment> attachments,
        int attachmentsLeftOut,
        @Nullable Text text,
        @Nullable TextProblem textProblem) {
    static EmailDetail of(StoredEmail email, @Nullable Text text, @Nullable TextProblem problem) {
        EmailContent content = email.content();
        return new EmailDetail(
                email.summary(),
                content.cc(),
                content.bcc(),
                content.replyTo(),
                content.messageId(),
                content.inReplyTo(),
                content.addressesLeftOut(),
                content.attachments(),
                content.attachmentsLeftOut(),
                text,
                problem);
    }

    @Override
    public String toString() {
        return "EmailDetail[" + summary.id() + "]";
    }

    /**
     * Text to show; never HTML.
     *
     * @param truncated whether there is more than this server shows
     */
    record Text(String content, boolean truncated) {
        @Override
        public String toString() {
            return "Text[hidden]";
        }
    }

    /** Why there is no text, as {@code MailException} says it. */
    record TextProblem(String kind, String message) {}
}
