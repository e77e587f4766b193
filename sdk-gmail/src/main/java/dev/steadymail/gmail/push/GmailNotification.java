package dev.steadymail.gmail.push;

import dev.steadymail.gmail.json.PushEnvelope;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;

/**
 * What Google says through Pub/Sub: a mailbox is at this point of its history now. Immutable.
 *
 * @param address the mailbox
 * @param historyId an unsigned 64-bit number
 */
public record GmailNotification(String address, BigInteger historyId) {
    private static final int MAX_OCTETS = 1 << 16;

    /**
     * Reads the body of a push request, whose sender must have been verified before.
     *
     * @throws MailException of kind INVALID where it is not one of Gmail's notifications, or longer than 64 KiB
     */
    public static GmailNotification ofPush(InputStream body) {
        try {
            byte[] octets = body.readNBytes(MAX_OCTETS + 1);
            if (octets.length <= MAX_OCTETS) {
                return of(PushEnvelope.pushed(octets));
            }
        } catch (IOException unreadable) {
            // Its text may hold content.
            throw noNotification();
        }
        throw noNotification();
    }

    static GmailNotification of(PushEnvelope envelope) {
        String address = envelope.address();
        BigInteger historyId = envelope.historyId();
        if (address == null || historyId == null) {
            throw noNotification();
        }
        return new GmailNotification(address, historyId);
    }

    private static MailException noNotification() {
        return MailException.of(
                Kind.INVALID, "the request is not a notification of Gmail's; check what else publishes to the topic");
    }

    @Override
    public String toString() {
        return "GmailNotification[hidden]";
    }
}
