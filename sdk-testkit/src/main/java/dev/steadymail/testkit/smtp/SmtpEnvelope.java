package dev.steadymail.testkit.smtp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What MAIL and RCPT said about a message.
 *
 * @param sender as the client wrote it, without angle brackets; empty for the null sender
 * @param recipients the accepted ones, in their order
 * @param declaredSize SIZE of MAIL; -1 where the client sent none
 * @param body 7BIT, 8BITMIME or BINARYMIME; 7BIT where the client sent none
 * @param smtpUtf8 whether MAIL had SMTPUTF8
 * @param returned RET, FULL or HDRS; null for none
 * @param envelopeId ENVID as the client wrote it; null for none
 * @param user who was logged in; null for nobody
 * @param encrypted whether the connection was under TLS
 */
public record SmtpEnvelope(
        String sender,
        List<SmtpRecipient> recipients,
        long declaredSize,
        String body,
        boolean smtpUtf8,
        @Nullable String returned,
        @Nullable String envelopeId,
        @Nullable String user,
        boolean encrypted) {

    public SmtpEnvelope {
        recipients = List.copyOf(recipients);
    }

    /** Returns the recipients' addresses, in their order. */
    public List<String> addresses() {
        return recipients.stream().map(SmtpRecipient::address).toList();
    }
}
