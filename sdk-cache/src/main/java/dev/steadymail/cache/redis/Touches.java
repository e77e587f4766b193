package dev.steadymail.cache.redis;

import dev.steadymail.cache.codec.DamagedValueException;
import dev.steadymail.cache.codec.ValueSealer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How processes tell each other in Redis what they touched. Thread-safe. */
final class Touches {
    /** So many are remembered in Redis. */
    static final int MOST = 32;

    private static final int DIGITS = 16;
    private static final int ALL = -1;
    private static final int FORGET = -2;
    /** Positions are microseconds of our times. */
    private static final Pattern POSITION = Pattern.compile("0[0-9]{15}|[1-4][0-9]{15}");

    private final ValueSealer sealer;
    private final String self;

    /** @param self 16 octets of ASCII that name this process */
    Touches(ValueSealer sealer, String self) {
        this.sealer = sealer;
        this.self = self;
    }

    /**
     * What is told.
     *
     * @param states that were touched; null for all
     * @param forget whether the account is to be forgotten
     */
    record Telling(@Nullable List<String> states, boolean forget) {
        private static final int MOST = 200;
        static final Telling ALL = new Telling(null, false);
        static final Telling FORGET = new Telling(null, true);

        /** Tells of some states. More than others can be told of one by one are all for them. */
        static Telling of(Collection<String> states) {
            return new Telling(List.copyOf(states), false);
        }
    }

    /**
     * One touch.
     *
     * @param position in the account's line; less than zero where it cannot be read
     * @param own whether this process said it
     * @param telling what was said
     */
    record Touch(long position, boolean own, Telling telling) {}

    /** Writes what a touch is about; its position is put before it when Redis gives one out. */
    byte[] write(byte[] key, Telling telling) {
        List<String> states = telling.states();
        boolean all = states == null || states.size() > Telling.MOST;
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(plain)) {
            out.writeInt(telling.forget() ? FORGET : all || states == null ? ALL : states.size());
            if (states != null && !all) {
                for (String state : states) {
                    byte[] octets = state.getBytes(StandardCharsets.UTF_8);
                    out.writeInt(octets.length);
                    out.write(octets);
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory can be written to", impossible);
        }
        return RedisNames.join(RedisNames.ascii(self), sealer.seal(plain.toByteArray(), key));
    }

    /** Reads one; what cannot be read may have been about anything. */
    Touch read(byte[] key, byte[] line) {
        String head = new String(line, 0, Math.min(line.length, DIGITS + self.length()), StandardCharsets.US_ASCII);
        if (head.length() < DIGITS + self.length() || !POSITION.matcher(head).lookingAt()) {
            return new Touch(-1, false, Telling.ALL);
        }
        long position = Long.parseLong(head.substring(0, DIGITS));
        if (head.endsWith(self)) {
            return new Touch(position, true, Telling.ALL);
        }
        try {
            byte[] stored = Arrays.copyOfRange(line, head.length(), line.length);
            return new Touch(position, false, telling(sealer.open(stored, key)));
        } catch (DamagedValueException | IOException damaged) {
            return new Touch(-1, false, Telling.ALL);
        }
    }

    private static Telling telling(byte[] plain) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
            int count = in.readInt();
            if (count < 0) {
                return count == FORGET ? Telling.FORGET : Telling.ALL;
            }
            List<String> states = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int octets = in.readInt();
                if (octets < 0 || octets > in.available()) {
                    throw new EOFException("a state's name is longer than what is left");
                }
                states.add(new String(in.readNBytes(octets), StandardCharsets.UTF_8));
            }
            return Telling.of(states);
        }
    }
}
