package dev.steadymail.server.mail;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One range of octets that a client asks for (RFC 9110 section 14.1.2).
 *
 * @param first the first octet, counted from 0; where it is negative so many of the last ones are asked for
 * @param last the last octet, {@link Long#MAX_VALUE} for all behind the first
 */
record ByteRange(long first, long last) {
    private static final int LONGEST = 100;
    private static final int DIGITS = 18;
    private static final Pattern FORM =
            Pattern.compile("bytes=[ \\t]*([0-9]*)-([0-9]*)[ \\t]*", Pattern.CASE_INSENSITIVE);

    /** Reads the header Range; empty where it is not one range of octets, and is passed over as RFC 9110 section 14.2 allows. */
    static Optional<ByteRange> parse(@Nullable String header) {
        if (header == null || header.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(header);
        if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (form.group(1).isEmpty()) {
            long count = number(form.group(2));
            return Optional.of(
                    count == 0 ? new ByteRange(Long.MAX_VALUE, Long.MAX_VALUE) : new ByteRange(-count, Long.MAX_VALUE));
        }
        long first = number(form.group(1));
        long last = form.group(2).isEmpty() ? Long.MAX_VALUE : number(form.group(2));
        return last < first ? Optional.empty() : Optional.of(new ByteRange(first, last));
    }

    boolean isOfTheEnd() {
        return first < 0;
    }

    /** Returns how many octets are asked for, at most {@code most}. */
    int length(int most) {
        long wanted = isOfTheEnd() ? -first : last == Long.MAX_VALUE ? most : last - first + 1;
        return (int) Math.min(most, wanted);
    }

    /** More digits than any size has count as the largest number. */
    private static long number(String digits) {
        String plain = digits.replaceFirst("^0+(?=.)", "");
        return plain.length() > DIGITS ? Long.MAX_VALUE - 1 : Long.parseLong(plain);
    }
}
