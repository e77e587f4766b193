package dev.steadymail.imap;

import dev.steadymail.imap.codec.StructureData;
import dev.steadymail.imap.decode.StructureDecoder;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Opens the content of one part: asks for its transfer encoding, then reads it piece by piece and decodes it on the way. */
final class AttachmentFetch {
    private static final Pattern SECTION = Pattern.compile("[1-9]\\d{0,5}(\\.[1-9]\\d{0,5}){0,99}");

    private final ImapCalls calls;

    AttachmentFetch(ImapCalls calls) {
        this.calls = calls;
    }

    InputStream open(EmailId id, String section, Call call) {
        ImapEmailId parts = ImapEmailId.parse(id);
        if (parts == null || !isSection(section)) {
            throw noSuchPart();
        }
        String encoding =
                calls.read("UID FETCH", parts.mailbox(), call, connection -> encoding(connection, parts, section));
        InputStream encoded = new PartialStream(calls, parts, section, call);
        try {
            return MimeUtility.decode(encoded, encoding);
        } catch (MessagingException unknownEncoding) {
            // RFC 2045 section 6.4: content in an unknown encoding is to be treated as octets.
            return encoded;
        }
    }

    private static String encoding(ImapConnection connection, ImapEmailId id, String section) {
        if (connection.examine(id.mailbox()).uidValidity() != id.uidValidity()) {
            throw noSuchPart();
        }
        List<StructureData> structures = new ArrayList<>();
        TolerantFetch fetch = new TolerantFetch(connection)
                .run(Long.toString(id.uid()), "UID BODYSTRUCTURE", response -> {
                    StructureData structure = response.data().structure();
                    if (response.uid() == id.uid() && structure != null) {
                        structures.add(structure);
                    }
                });
        if (structures.isEmpty() && !fetch.isComplete()) {
            throw MailException.of(Kind.PROTOCOL, "the server's list of the email's parts cannot be read");
        }
        StructureData part = structures.isEmpty() ? null : StructureDecoder.find(structures.get(0), section);
        if (part == null) {
            throw noSuchPart();
        }
        return part.encoding();
    }

    static boolean isSection(String partId) {
        return SECTION.matcher(partId).matches();
    }

    static MailException noSuchPart() {
        return MailException.of(Kind.NOT_FOUND, "the email is gone or has no such part; fetch its structure again");
    }
}
