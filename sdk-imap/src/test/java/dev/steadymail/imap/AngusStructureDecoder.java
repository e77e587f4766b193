package dev.steadymail.imap;

import dev.steadymail.mail.BodyPart;
import jakarta.mail.internet.ParameterList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.angus.mail.imap.protocol.BODYSTRUCTURE;
import org.jspecify.annotations.Nullable;

/** Turns BODYSTRUCTURE into body parts that are named by IMAP's section numbers (RFC 3501 section 6.4.5). */
final class AngusStructureDecoder {
    private AngusStructureDecoder() {}

    static BodyPart decode(BODYSTRUCTURE root) {
        return body(root, "");
    }

    /** Returns the part of a section, or null where there is none. */
    static @Nullable BODYSTRUCTURE find(BODYSTRUCTURE root, String section) {
        return findBody(root, "", section);
    }

    /** A message's body: a multipart that has no number of its own, or its only part, which is number 1. */
    private static BodyPart body(BODYSTRUCTURE body, String prefix) {
        return body.isMulti() ? part(body, "", children(body, prefix)) : single(body, prefix + "1");
    }

    private static List<BodyPart> children(BODYSTRUCTURE multipart, String prefix) {
        List<BodyPart> parts = new ArrayList<>();
        BODYSTRUCTURE[] bodies = multipart.bodies;
        for (int i = 0; bodies != null && i < bodies.length; i++) {
            parts.add(child(bodies[i], prefix + (i + 1)));
        }
        return parts;
    }

    private static BodyPart child(BODYSTRUCTURE part, String section) {
        return part.isMulti() ? part(part, "", children(part, section + ".")) : single(part, section);
    }

    private static BodyPart single(BODYSTRUCTURE part, String section) {
        boolean message = part.isNested() && part.bodies != null && part.bodies.length > 0;
        return part(part, section, message ? List.of(body(part.bodies[0], section + ".")) : List.of());
    }

    private static @Nullable BODYSTRUCTURE findBody(BODYSTRUCTURE body, String prefix, String section) {
        return body.isMulti() ? findChild(body, prefix, section) : findSingle(body, prefix + "1", section);
    }

    private static @Nullable BODYSTRUCTURE findChild(BODYSTRUCTURE multipart, String prefix, String section) {
        BODYSTRUCTURE[] bodies = multipart.bodies;
        for (int i = 0; bodies != null && i < bodies.length; i++) {
            String number = prefix + (i + 1);
            BODYSTRUCTURE found = bodies[i].isMulti()
                    ? findChild(bodies[i], number + ".", section)
                    : findSingle(bodies[i], number, section);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable BODYSTRUCTURE findSingle(BODYSTRUCTURE part, String number, String section) {
        if (number.equals(section)) {
            return part;
        }
        boolean message = part.isNested() && part.bodies != null && part.bodies.length > 0;
        return message ? findBody(part.bodies[0], number + ".", section) : null;
    }

    private static BodyPart part(BODYSTRUCTURE from, String section, List<BodyPart> parts) {
        return new BodyPart(
                section,
                (word(from.type, "application") + "/" + word(from.subtype, "octet-stream")),
                parameter(from.cParams, "charset"),
                from.disposition == null ? null : from.disposition.toLowerCase(Locale.ROOT),
                fileName(from),
                contentId(from.id),
                from.isMulti() ? -1 : from.size,
                parts);
    }

    private static String word(@Nullable String word, String otherwise) {
        return word == null || word.isBlank() ? otherwise : word.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String fileName(BODYSTRUCTURE part) {
        String name = parameter(part.dParams, "filename");
        return AngusHeaderText.decodeOrNull(name != null ? name : parameter(part.cParams, "name"));
    }

    private static @Nullable String contentId(@Nullable String id) {
        if (id == null) {
            return null;
        }
        String stripped = id.strip();
        return stripped.startsWith("<") && stripped.endsWith(">")
                ? stripped.substring(1, stripped.length() - 1)
                : stripped;
    }

    private static @Nullable String parameter(@Nullable ParameterList parameters, String name) {
        return parameters == null ? null : parameters.get(name);
    }
}
