package dev.steadymail.gmail;

import dev.steadymail.gmail.json.GmailPart;
import dev.steadymail.gmail.json.Octets;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import java.io.InputStream;

/** Opens body parts. Gmail's attachment ids change from call to call, so the part is looked up anew each time. */
final class Attachments {
    private final GmailMethods methods;

    Attachments(GmailMethods methods) {
        this.methods = methods;
    }

    InputStream open(EmailId id, String partId, Call call) {
        GmailPart payload = methods.get(id.value(), MessageView.CONTENT, call).payload();
        if (payload == null) {
            throw noSuchPart();
        }
        GmailPart part = BodyParts.find(payload, partId).orElseThrow(Attachments::noSuchPart);
        return content(id, part, call).open();
    }

    private Octets content(EmailId id, GmailPart part, Call call) {
        Octets inline = part.data();
        String attachmentId = part.attachmentId();
        if (inline != null || attachmentId == null) {
            return inline == null ? Octets.EMPTY : inline;
        }
        return methods.attachment(id.value(), attachmentId, call);
    }

    private static MailException noSuchPart() {
        return MailException.of(Kind.NOT_FOUND, "the email has no such part; take part ids from its structure");
    }
}
