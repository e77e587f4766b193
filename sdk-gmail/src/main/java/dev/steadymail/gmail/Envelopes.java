package dev.steadymail.gmail;

import dev.steadymail.gmail.json.GmailHeaders;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mime.header.AddressList;
import dev.steadymail.mime.header.HeaderText;
import dev.steadymail.mime.header.MailDate;

/** Reads an envelope from header fields. */
final class Envelopes {
    private Envelopes() {}

    static Envelope envelope(GmailHeaders headers) {
        return new Envelope(
                HeaderText.decode(headers.text("Subject")),
                AddressList.parse(headers.text("From")),
                AddressList.parse(headers.text("Sender")),
                AddressList.parse(headers.text("Reply-To")),
                AddressList.parse(headers.text("To")),
                AddressList.parse(headers.text("Cc")),
                AddressList.parse(headers.text("Bcc")),
                headers.trimmed("Message-ID"),
                headers.trimmed("In-Reply-To"),
                headers.trimmed("References"),
                MailDate.parse(headers.text("Date")));
    }
}
