package dev.steadymail.imap.codec;

import dev.steadymail.imap.codec.FetchData.SectionData;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the items of one FETCH response (RFC 3501 section 7.4.2). */
final class FetchParser {
    /** Items of which one value is all. */
    private static final Set<String> PLAIN =
            Set.of("EMAILID", "THREADID", "X-GM-MSGID", "X-GM-THRID", "PREVIEW", "SNIPPET", "SAVEDATE", "BINARY.SIZE");

    private final ValueReader in;
    private Map<String, String> items = Map.of();
    private Map<String, SectionData> sections = Map.of();
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
                items.isEmpty() ? items : Collections.unmodifiableMap(items),
                sections.isEmpty() ? sections : Collections.unmodifiableMap(sections));
    }

    /** Returns the message, as far as its items were read. */
    MessageRef message(long sequence) {
        return new MessageRef(sequence, uid);
    }

    private void item(String name) throws UnreadableException {
        switch (name) {
            case "UID" -> uid(in.number());
            case "RFC822.SIZE" -> size = in.number();
            case "FLAGS" -> flags = in.value().texts(Values.ROOT);
            case "X-GM-LABELS" -> labels = in.value().texts(Values.ROOT);
            case "MODSEQ" -> modSeq = OctetText.number(in.value().text(Values.ROOT));
            case "INTERNALDATE" -> internalDate = InternalDate.parse(in.string());
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
        boolean plain = PLAIN.contains(name) || name.startsWith("BINARY.SIZE[");
        boolean section = !plain && (name.indexOf('[') > 0 || name.startsWith("RFC822"));
        // Yandex leaves the value of an empty part out.
        Values value = in.isNext(')') ? null : section ? in.octetsOrLiteral() : in.value();
        if (plain) {
            if (value != null && !value.isNil(Values.ROOT)) {
                items = items.isEmpty() ? new HashMap<>(4) : items;
                items.put(name, value.text(Values.ROOT));
            }
        } else if (section || (value != null && value.isStreamed(Values.ROOT))) {
            sections = sections.isEmpty() ? new HashMap<>(4) : sections;
            sections.put(name, section(value));
        }
    }

    private static SectionData section(@Nullable Values value) throws UnreadableException {
        if (value == null) {
            return new SectionData(null, -1);
        }
        return value.isStreamed(Values.ROOT)
                ? new SectionData(null, value.streamedSize(Values.ROOT))
                : new SectionData(value.textOrNull(Values.ROOT), -1);
    }
}
