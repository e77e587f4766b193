package dev.steadymail.testkit.smtp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message on its way, from MAIL on (RFC 5321 section 3.3). */
final class Transaction {
    private final String sender;
    private final MailParameters parameters;
    private final Content content;
    private final List<SmtpRecipient> recipients = new ArrayList<>();
    private int recipientsTried;
    private boolean inChunks;

    Transaction(String sender, MailParameters parameters, long sizeLimit) {
        this.sender = sender;
        this.parameters = parameters;
        this.content = new Content(sizeLimit);
    }

    MailParameters parameters() {
        return parameters;
    }

    Content content() {
        return content;
    }

    /** Counts a RCPT and returns which one it is, from 1 on. */
    int tryRecipient() {
        return ++recipientsTried;
    }

    boolean triedRecipients() {
        return recipientsTried > 0;
    }

    int recipients() {
        return recipients.size();
    }

    void add(SmtpRecipient recipient) {
        recipients.add(recipient);
    }

    boolean isInChunks() {
        return inChunks;
    }

    void beginChunks() {
        inChunks = true;
    }

    SmtpEnvelope envelope(@Nullable String user, boolean encrypted) {
        return new SmtpEnvelope(
                sender,
                recipients,
                parameters.declaredSize(),
                parameters.body(),
                parameters.smtpUtf8(),
                parameters.returned(),
                parameters.envelopeId(),
                user,
                encrypted);
    }
}
