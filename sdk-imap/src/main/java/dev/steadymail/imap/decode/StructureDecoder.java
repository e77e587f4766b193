package dev.steadymail.imap.decode;

import dev.steadymail.imap.codec.StructureData;
import dev.steadymail.mail.BodyPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns BODYSTRUCTURE into body parts that are named by IMAP's section numbers (RFC 3501 section 6.4.5). It goes as deep as the codec
 * let the structure be. Thread-safe.
 */
public final class StructureDecoder {
    private static final String[] FIRST_NUMBERS = {"1", "2", "3", "4", "5", "6", "7", "8"};

    private StructureDecoder() {}

    /** Decodes the structure of a message. */
    public static BodyPart decode(StructureData root) {
        return body(root, "");
    }

    /** Returns the part of a section, or null where there is none. */
    public static @Nullable StructureData find(StructureData root, String section) {
        return findBody(root, "", section);
    }

    /** A message's body: a multipart that has no number of its own, or its only part, which is number 1. */
    private static BodyPart body(StructureData body, String prefix) {
        return isMulti(body) ? part(body, "", children(body, prefix)) : single(body, number(prefix, 0));
    }

    private static List<BodyPart> children(StructureData multipart, String prefix) {
        List<StructureData> bodies = multipart.parts();
        BodyPart[] parts = new BodyPart[bodies.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = child(bodies.get(i), number(prefix, i));
        }
        return List.of(parts);
    }

    private static BodyPart child(StructureData part, String section) {
        return isMulti(part) ? part(part, "", children(part, section + ".")) : single(part, section);
    }

    private static BodyPart single(StructureData part, String section) {
        return part(part, section, isMessage(part) ? List.of(body(part.parts().get(0), section + ".")) : List.of());
    }

    private static @Nullable StructureData findBody(StructureData body, String prefix, String section) {
        return isMulti(body) ? findChild(body, prefix, section) : findSingle(body, number(prefix, 0), section);
    }

    private static @Nullable StructureData findChild(StructureData multipart, String prefix, String section) {
        for (int i = 0; i < multipart.parts().size(); i++) {
            StructureData part = multipart.parts().get(i);
            String number = number(prefix, i);
            StructureData found =
                    isMulti(part) ? findChild(part, number + ".", section) : findSingle(part, number, section);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable StructureData findSingle(StructureData part, String number, String section) {
        if (number.equals(section)) {
            return part;
        }
        return isMessage(part) ? findBody(part.parts().get(0), number + ".", section) : null;
    }

    private static boolean isMulti(StructureData part) {
        return part.type().equals("multipart");
    }

    private static boolean isMessage(StructureData part) {
        return !isMulti(part) && !part.parts().isEmpty();
    }

    private static String number(String prefix, int index) {
        return prefix.isEmpty() && index < FIRST_NUMBERS.length ? FIRST_NUMBERS[index] : prefix + (index + 1);
    }

    private static BodyPart part(StructureData from, String section, List<BodyPart> parts) {
        return new BodyPart(
                section,
                mediaType(from.type(), from.subtype()),
                Parameter.CHARSET.in(from.parameters()),
                from.disposition(),
                fileName(from),
                from.id() == null ? null : contentId(from.id()),
                isMulti(from) ? -1 : from.size(),
                parts);
    }

    /** Most parts have one of these types, which need no text of their own. */
    private static String mediaType(String type, String subtype) {
        if (type.equals("text") && subtype.equals("plain")) {
            return "text/plain";
        }
        if (type.equals("text") && subtype.equals("html")) {
            return "text/html";
        }
        if (type.equals("multipart") && subtype.equals("alternative")) {
            return "multipart/alternative";
        }
        return (type.isBlank() ? "application" : type) + "/" + (subtype.isBlank() ? "octet-stream" : subtype);
    }

    private static @Nullable String fileName(StructureData part) {
        String name = Parameter.FILENAME.in(part.dispositionParameters());
        return HeaderText.decodeOrNull(name != null ? name : Parameter.NAME.in(part.parameters()));
    }

    private static String contentId(String id) {
        String stripped = id.strip();
        return stripped.startsWith("<") && stripped.endsWith(">")
                ? stripped.substring(1, stripped.length() - 1)
                : stripped;
    }
}
