package dev.steadymail.benchmarks.imap;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.Keyword;
import jakarta.mail.Flags;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParameterList;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.angus.mail.imap.protocol.BODYSTRUCTURE;
import org.eclipse.angus.mail.imap.protocol.ENVELOPE;
import org.jspecify.annotations.Nullable;

/**
 * What Angus's getters hand to their callers, in the SDK's records. Only forms are made alike: words that have no case are lower case, a
 * group stands for its members, a Content-ID has no angle brackets, and parts are numbered by RFC 3501 section 6.4.5.
 */
final class AngusFields {
    private static final Map<Flags.Flag, Keyword> SYSTEM = Map.of(
            Flags.Flag.SEEN, Keyword.SEEN,
            Flags.Flag.FLAGGED, Keyword.FLAGGED,
            Flags.Flag.ANSWERED, Keyword.ANSWERED,
            Flags.Flag.DRAFT, Keyword.DRAFT,
            Flags.Flag.DELETED, Keyword.DELETED);

    private AngusFields() {}

    static Set<Keyword> keywords(Flags flags) {
        Set<Keyword> keywords = new HashSet<>();
        for (Flags.Flag flag : flags.getSystemFlags()) {
            Keyword keyword = SYSTEM.get(flag);
            if (keyword != null) {
                keywords.add(keyword);
            }
        }
        for (String flag : flags.getUserFlags()) {
            keywords.add(new Keyword(flag));
        }
        return keywords;
    }

    static Envelope envelope(ENVELOPE envelope) {
        return new Envelope(
                subject(envelope.subject),
                addresses(envelope.from),
                addresses(envelope.sender),
                addresses(envelope.replyTo),
                addresses(envelope.to),
                addresses(envelope.cc),
                addresses(envelope.bcc),
                envelope.messageId,
                envelope.inReplyTo,
                envelope.date == null ? null : envelope.date.toInstant());
    }

    /** As {@code IMAPMessage.getSubject} does. */
    private static String subject(@Nullable String subject) {
        if (subject == null) {
            return "";
        }
        try {
            return MimeUtility.decodeText(MimeUtility.unfold(subject));
        } catch (UnsupportedEncodingException unknownCharset) {
            return subject;
        }
    }

    private static List<EmailAddress> addresses(InternetAddress @Nullable [] list) {
        List<EmailAddress> addresses = new ArrayList<>();
        for (InternetAddress address : list == null ? new InternetAddress[0] : list) {
            if (address.isGroup()) {
                addresses.addAll(members(address));
            } else {
                String text = address.getAddress();
                addresses.add(new EmailAddress(address.getPersonal(), text == null ? "" : text));
            }
        }
        return addresses;
    }

    private static List<EmailAddress> members(InternetAddress group) {
        try {
            return addresses(group.getGroup(false));
        } catch (AddressException unreadable) {
            return List.of();
        }
    }

    static BodyPart structure(BODYSTRUCTURE root) {
        return body(root, "");
    }

    private static BodyPart body(BODYSTRUCTURE body, String prefix) {
        return body.isMulti() ? part(body, "", children(body, prefix)) : single(body, prefix + "1");
    }

    private static List<BodyPart> children(BODYSTRUCTURE multipart, String prefix) {
        List<BodyPart> parts = new ArrayList<>();
        int count = multipart.bodies == null ? 0 : multipart.bodies.length;
        for (int i = 0; i < count; i++) {
            BODYSTRUCTURE child = multipart.bodies[i];
            String number = prefix + (i + 1);
            parts.add(child.isMulti() ? part(child, "", children(child, number + ".")) : single(child, number));
        }
        return parts;
    }

    private static BodyPart single(BODYSTRUCTURE part, String number) {
        boolean message = part.isNested() && part.bodies != null && part.bodies.length > 0;
        return part(part, number, message ? List.of(body(part.bodies[0], number + ".")) : List.of());
    }

    private static BodyPart part(BODYSTRUCTURE from, String number, List<BodyPart> parts) {
        return new BodyPart(
                number,
                (from.type + "/" + from.subtype).toLowerCase(Locale.ROOT),
                parameter(from.cParams, "charset"),
                from.disposition == null ? null : from.disposition.toLowerCase(Locale.ROOT),
                fileName(from),
                from.id == null ? null : contentId(from.id.strip()),
                from.isMulti() ? -1 : from.size,
                parts);
    }

    /** As {@code IMAPBodyPart.getFileName} does. */
    private static @Nullable String fileName(BODYSTRUCTURE part) {
        String stated = parameter(part.dParams, "filename");
        String name = stated == null || stated.isEmpty() ? parameter(part.cParams, "name") : stated;
        try {
            return name == null ? null : MimeUtility.decodeText(name);
        } catch (UnsupportedEncodingException unknownCharset) {
            return name;
        }
    }

    private static String contentId(String id) {
        return id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
    }

    private static @Nullable String parameter(@Nullable ParameterList parameters, String name) {
        return parameters == null ? null : parameters.get(name);
    }
}
