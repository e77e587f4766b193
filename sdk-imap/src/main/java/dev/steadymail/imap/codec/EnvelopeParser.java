package dev.steadymail.imap.codec;

import dev.steadymail.imap.codec.EnvelopeData.Address;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an ENVELOPE; one with fewer fields than it should have is read as far as it goes. */
final class EnvelopeParser {
    private static final int FIELDS = 10;
    private static final int ADDRESS_FIELDS = 4;

    private EnvelopeParser() {}

    static EnvelopeData parse(ImapValue value) throws UnreadableException {
        List<ImapValue> fields = Values.items(value);
        if (fields.isEmpty() || fields.size() > FIELDS + ADDRESS_FIELDS) {
            throw new UnreadableException("an envelope of " + fields.size() + " fields");
        }
        return new EnvelopeData(
                text(fields, 0),
                text(fields, 1),
                addresses(fields, 2),
                addresses(fields, 3),
                addresses(fields, 4),
                addresses(fields, 5),
                addresses(fields, 6),
                addresses(fields, 7),
                text(fields, 8),
                text(fields, 9));
    }

    private static @Nullable String text(List<ImapValue> fields, int index) {
        return index < fields.size() ? Values.textOrNull(fields.get(index)) : null;
    }

    private static List<Address> addresses(List<ImapValue> fields, int index) {
        List<ImapValue> values = index < fields.size() ? Values.items(fields.get(index)) : List.of();
        if (values.isEmpty()) {
            return List.of();
        }
        List<Address> addresses = new ArrayList<>(values.size());
        for (ImapValue value : values) {
            List<ImapValue> parts = Values.items(value);
            if (parts.size() >= ADDRESS_FIELDS) {
                addresses.add(new Address(text(parts, 0), text(parts, 2), text(parts, 3)));
            }
        }
        return List.copyOf(addresses);
    }
}
