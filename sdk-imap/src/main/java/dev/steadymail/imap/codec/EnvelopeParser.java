package dev.steadymail.imap.codec;

import dev.steadymail.imap.codec.EnvelopeData.Address;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an ENVELOPE; one with fewer fields than it should have is read as far as it goes. */
final class EnvelopeParser {
    private static final int FIELDS = 10;
    private static final int ADDRESS_FIELDS = 4;

    private EnvelopeParser() {}

    static EnvelopeData parse(Values in) throws UnreadableException {
        int size = in.size(Values.ROOT);
        if (size == 0 || size > FIELDS + ADDRESS_FIELDS) {
            throw new UnreadableException("an envelope of " + size + " fields");
        }
        int author = in.get(Values.ROOT, 2);
        List<Address> from = addresses(in, author);
        return new EnvelopeData(
                text(in, 0),
                text(in, 1),
                from,
                addressesOr(from, author, in, 3),
                addressesOr(from, author, in, 4),
                addresses(in, in.get(Values.ROOT, 5)),
                addresses(in, in.get(Values.ROOT, 6)),
                addresses(in, in.get(Values.ROOT, 7)),
                text(in, 8),
                text(in, 9));
    }

    private static @Nullable String text(Values in, int field) {
        return in.textOrNull(in.get(Values.ROOT, field));
    }

    /** Servers repeat the authors where a message names no sender or nobody to reply to: then theirs is the same list. */
    private static List<Address> addressesOr(List<Address> from, int author, Values in, int field) {
        int list = in.get(Values.ROOT, field);
        return list != Values.NONE && in.isSame(author, list) ? from : addresses(in, list);
    }

    private static List<Address> addresses(Values in, int list) {
        int size = in.size(list);
        if (size == 0) {
            return List.of();
        }
        Address[] addresses = new Address[size];
        int count = 0;
        int at = Values.first(list);
        for (int i = 0; i < size; i++, at = in.after(at)) {
            if (in.size(at) >= ADDRESS_FIELDS) {
                addresses[count++] = address(in, at);
            }
        }
        return List.of(count == size ? addresses : Arrays.copyOf(addresses, count));
    }

    private static Address address(Values in, int list) {
        return new Address(
                in.textOrNull(in.get(list, 0)), in.textOrNull(in.get(list, 2)), in.textOrNull(in.get(list, 3)));
    }
}
