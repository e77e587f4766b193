package dev.steadymail.cache.codec;

import dev.steadymail.mail.BodyPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tree of body parts, each an octet that says what there is, and then that, its children last. */
final class BodyForm {
    /** Readers of messages stop at 250 multiparts inside one another at most, those of IMAP's lists at 100. */
    static final int MAX_DEPTH = 300;

    private static final int PART_ID = 1;
    private static final int CHARSET = 1 << 1;
    private static final int FILE_NAME = 1 << 2;
    private static final int CONTENT_ID = 1 << 3;
    private static final int SIZE = 1 << 4;
    private static final int PARTS = 1 << 5;
    private static final int DISPOSITION_SHIFT = 6;

    private static final int NO_DISPOSITION = 0;
    private static final int INLINE = 1;
    private static final int ATTACHMENT = 2;
    private static final int OTHER_DISPOSITION = 3;

    /** The octet that says what there is, and the type. */
    private static final int LEAST_PART = 2;

    private static final long UNKNOWN = -1;

    private BodyForm() {}

    static void write(BodyPart root, OctetWriter into) {
        write(root, into, 1);
    }

    private static void write(BodyPart part, OctetWriter into, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("body parts must not be nested deeper than " + MAX_DEPTH);
        }
        int disposition = disposition(part.disposition());
        into.octet(flags(part) | (disposition << DISPOSITION_SHIFT));
        KnownWords.TYPES.write(part.type(), into);
        if (!part.partId().isEmpty()) {
            into.text(part.partId());
        }
        if (part.charset() != null) {
            KnownWords.CHARSETS.write(part.charset(), into);
        }
        if (disposition == OTHER_DISPOSITION && part.disposition() != null) {
            into.text(part.disposition());
        }
        writePresent(part.fileName(), into);
        writePresent(part.contentId(), into);
        if (part.size() != UNKNOWN) {
            into.number(part.size());
        }
        writeParts(part.parts(), into, depth + 1);
    }

    private static void writeParts(List<BodyPart> parts, OctetWriter into, int depth) {
        if (parts.isEmpty()) {
            return;
        }
        into.number(parts.size());
        for (BodyPart part : parts) {
            write(part, into, depth);
        }
    }

    private static void writePresent(@Nullable String text, OctetWriter into) {
        if (text != null) {
            into.text(text);
        }
    }

    private static int flags(BodyPart part) {
        return (part.partId().isEmpty() ? 0 : PART_ID)
                | (part.charset() == null ? 0 : CHARSET)
                | (part.fileName() == null ? 0 : FILE_NAME)
                | (part.contentId() == null ? 0 : CONTENT_ID)
                | (part.size() == UNKNOWN ? 0 : SIZE)
                | (part.parts().isEmpty() ? 0 : PARTS);
    }

    private static int disposition(@Nullable String disposition) {
        if (disposition == null) {
            return NO_DISPOSITION;
        }
        return switch (disposition) {
            case "inline" -> INLINE;
            case "attachment" -> ATTACHMENT;
            default -> OTHER_DISPOSITION;
        };
    }

    static BodyPart read(OctetReader from) {
        return read(from, 1);
    }

    private static BodyPart read(OctetReader from, int depth) {
        if (depth > MAX_DEPTH) {
            throw new DamagedValueException("body parts are nested deeper than " + MAX_DEPTH);
        }
        int flags = from.octet();
        String type = KnownWords.TYPES.read(from);
        return new BodyPart(
                (flags & PART_ID) == 0 ? "" : from.text(),
                type,
                (flags & CHARSET) == 0 ? null : KnownWords.CHARSETS.read(from),
                readDisposition(flags >> DISPOSITION_SHIFT, from),
                (flags & FILE_NAME) == 0 ? null : from.text(),
                (flags & CONTENT_ID) == 0 ? null : from.text(),
                (flags & SIZE) == 0 ? UNKNOWN : from.number(),
                (flags & PARTS) == 0 ? List.of() : readParts(from, depth + 1));
    }

    private static @Nullable String readDisposition(int number, OctetReader from) {
        return switch (number) {
            case NO_DISPOSITION -> null;
            case INLINE -> "inline";
            case ATTACHMENT -> "attachment";
            default -> from.text();
        };
    }

    private static List<BodyPart> readParts(OctetReader from, int depth) {
        BodyPart[] parts = new BodyPart[from.count(LEAST_PART)];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = read(from, depth);
        }
        return List.of(parts);
    }
}
