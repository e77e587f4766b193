package dev.steadymail.testkit.imap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message or a body part, as ranges of the message's bytes.
 *
 * @param whole header and body
 * @param header raw header with the empty line that ends it, if there is one
 * @param children parts of a multipart, at least one for each multipart; empty otherwise
 * @param embedded message inside a message/rfc822 part
 */
record MimePart(
        ByteSlice whole,
        ByteSlice header,
        ByteSlice body,
        HeaderFields fields,
        ContentType type,
        List<MimePart> children,
        @Nullable MimePart embedded) {

    MimePart {
        children = List.copyOf(children);
    }

    boolean isMultipart() {
        return !children.isEmpty();
    }

    /** Returns a part by its numbers, such as 2.1 (RFC 3501 section 6.4.5), or null if there is none. */
    @Nullable
    MimePart find(List<Integer> numbers) {
        MimePart found = this;
        MimePart container = this;
        for (int number : numbers) {
            if (container == null) {
                return null;
            }
            found = container.child(number);
            if (found == null) {
                return null;
            }
            container = found.isMultipart() ? found : found.embedded();
        }
        return found;
    }

    /** The body of a message that is no multipart counts as its part 1. */
    private @Nullable MimePart child(int number) {
        if (!isMultipart()) {
            return number == 1 ? this : null;
        }
        return number <= children.size() ? children.get(number - 1) : null;
    }
}
