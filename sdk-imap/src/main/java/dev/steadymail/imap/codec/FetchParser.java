package dev.steadymail.imap.codec;

import dev.steadymail.imap.codec.FetchData.SectionData;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the items of one FETCH response (RFC 3501 section 7.4.2). */
final class FetchParser {
    /** RFC 3501 {@code date-time}: the day has a space in front or two digits. */
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("d-MMM-uuuu HH:mm:ss xx")
            .toFormatter(Locale.ENGLISH);

    /** Items of which one value is all. */
    private static final Set<String> PLAIN =
            Set.of("EMAILID", "THREADID", "X-GM-MSGID", "X-GM-THRID", "PREVIEW", "SNIPPET", "SAVEDATE", "BINARY.SIZE");

    private final ValueReader in;
    private final Map<String, String> items = new HashMap<>(4);
    private final Map<String, SectionData> sections = new HashMap<>(4);
    private long uid;
    private long size = -1;
    private long modSeq;
    private @Nullable List<String> flags;
    private @Nullable List<String> labels;
    private @Nullable Instant internalDate;
    private @Nullable EnvelopeData envelope;
    private @Nullable StructureData structure;

    FetchParser(ValueReader in) {
        this.in = in;
    }

    FetchData parse(long sequence) throws UnreadableException {
        if (!in.accept('(')) {
            throw new UnreadableException("FETCH without a list");
        }
        // Domino puts some items in parentheses of their own.
        for (int open = 1; open > 0; ) {
            if (in.accept(')')) {
                open--;
            } else if (in.accept('(')) {
                open++;
            } else {
                item(ResponseParser.upper(in.item()));
            }
        }
        return new FetchData(
                message(sequence),
                flags,
                internalDate,
                size,
                modSeq,
                envelope,
                structure,
                labels,
                Collections.unmodifiableMap(items),
                Collections.unmodifiableMap(sections));
    }

    /** Returns the message, as far as its items were read. */
    MessageRef message(long sequence) {
        return new MessageRef(sequence, uid);
    }

    private void item(String name) throws UnreadableException {
        switch (name) {
            case "UID" -> uid(in.number());
            case "RFC822.SIZE" -> size = in.number();
            case "FLAGS" -> flags = Values.texts(in.value());
            case "X-GM-LABELS" -> labels = Values.texts(in.value());
            case "MODSEQ" -> modSeq = ValueReader.number(Values.text(in.value()));
            case "INTERNALDATE" -> internalDate = date(in.string());
            case "ENVELOPE" -> envelope = EnvelopeParser.parse(in.value());
            case "BODYSTRUCTURE", "BODY" -> structure = StructureParser.parse(in.value());
            default -> other(name);
        }
    }

    /** Of two that differ one was written by somebody else, through a string that a server did not quote right. */
    private void uid(long told) throws UnreadableException {
        if (uid != 0 && uid != told) {
            throw new UnreadableException("two UIDs that differ");
        }
        uid = told;
    }

    private void other(String name) throws UnreadableException {
        // Yandex leaves the value of an empty part out.
        boolean section = (name.indexOf('[') > 0 && !name.startsWith("BINARY.SIZE[")) || name.startsWith("RFC822");
        ImapValue value = in.isNext(')') ? ImapValue.NIL : section ? in.octetsOrLiteral() : in.value();
        if (PLAIN.contains(name) || name.startsWith("BINARY.SIZE[")) {
            if (!(value instanceof ImapValue.Nil)) {
                items.put(name, Values.text(value));
            }
        } else if (value instanceof ImapValue.Streamed literal) {
            sections.put(name, new SectionData(null, literal.size()));
        } else if (section) {
            sections.put(name, new SectionData(Values.textOrNull(value), -1));
        }
    }

    /** A date that cannot be read is worth no message. */
    private static @Nullable Instant date(String text) {
        try {
            return OffsetDateTime.parse(text.strip(), DATE).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
