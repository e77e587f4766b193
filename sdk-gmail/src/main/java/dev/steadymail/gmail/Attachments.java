package dev.steadymail.gmail;

import com.google.api.services.gmail.model.Message;
import com.google.api.services.gmail.model.MessagePart;
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
        Message message = methods.get(id.value(), MessageView.CONTENT, call);
        if (message.getPayload() == null) {
            throw noSuchPart();
        }
        MessagePart part = BodyParts.find(message.getPayload(), partId).orElseThrow(Attachments::noSuchPart);
        String content = content(id, part, call);
        Base64Text.size(content);
        return Base64Text.decoded(content);
    }

    private String content(EmailId id, MessagePart part, Call call) {
        if (part.getBody() == null) {
            return "";
        }
        String inline = part.getBody().getData();
        String attachmentId = part.getBody().getAttachmentId();
        if (inline != null || attachmentId == null) {
            return inline == null ? "" : inline;
        }
        return methods.attachment(id.value(), attachmentId, call);
    }

    private static MailException noSuchPart() {
        return MailException.of(Kind.NOT_FOUND, "the email has no such part; take part ids from its structure");
    }
}
