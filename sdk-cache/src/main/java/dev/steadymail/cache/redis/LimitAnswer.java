package dev.steadymail.cache.redis;

import dev.steadymail.mail.MailException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a script on limits answers.
 *
 * @param kind one of the constants
 * @param store the store as it is now
 * @param first what follows depends on the script
 */
record LimitAnswer(long kind, StoreState store, long first, long second, long third) {
    /** Nothing was done: the store no longer has what this process knows of, or may have lost something else. */
    static final long LOST = -1;

    static final long DONE = 0;
    /** Of admit: number of the scope, 0 or 1 for THROTTLED or FAILING, microseconds left. */
    static final long OPEN = 1;
    /** Of admit: microseconds to wait, how many quotas were found evicted just now. */
    static final long NO_ROOM = 2;

    private static final int PARTS = 7;

    static LimitAnswer of(List<Object> parts) {
        if (parts.size() != PARTS || !(parts.get(1) instanceof byte[] life)) {
            throw MailException.of(
                    MailException.Kind.PROTOCOL,
                    "Redis answered a script on limits with something else; does a proxy rewrite answers?");
        }
        StoreState store =
                new StoreState(new String(life, StandardCharsets.UTF_8), number(parts.get(2)), number(parts.get(3)));
        return new LimitAnswer(
                number(parts.get(0)), store, number(parts.get(4)), number(parts.get(5)), number(parts.get(6)));
    }

    private static long number(Object part) {
        if (part instanceof Long number) {
            return number;
        }
        throw MailException.of(
                MailException.Kind.PROTOCOL, "Redis answered a script on limits with something that is no number");
    }
}
