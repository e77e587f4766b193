package dev.steadymail.cache.redis;

import dev.steadymail.cache.codec.DamagedValueException;
import dev.steadymail.cache.codec.ValueSealer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How processes tell each other in Redis what they touched. Thread-safe. */
final class Touches {
    private static final int DIGITS = 16;

    private final ValueSealer sealer;
    private final String self;

    /** @param self 16 octets of ASCII that name this process */
    Touches(ValueSealer sealer, String self) {
        this.sealer = sealer;
        this.self = self;
    }

    /**
     * One touch.
     *
     * @param position in the account's line
     * @param own whether this process said it
     * @param states that were touched; null for all
     */
    record Touch(long position, boolean own, @Nullable List<String> states) {}

    /** Writes what a touch is about; its position is put before it when Redis gives one out. */
    byte[] write(byte[] key, @Nullable Collection<String> states) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(plain)) {
            out.writeInt(states == null ? -1 : states.size());
            if (states != null) {
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
        if (head.length() < DIGITS + self.length() || !head.substring(0, DIGITS).matches("[0-9]+")) {
            return new Touch(Long.MAX_VALUE, false, null);
        }
        long position = Long.parseLong(head.substring(0, DIGITS));
        if (head.endsWith(self)) {
            return new Touch(position, true, null);
        }
        byte[] stored = Arrays.copyOfRange(line, head.length(), line.length);
        return new Touch(position, false, states(key, stored));
    }

    private @Nullable List<String> states(byte[] key, byte[] stored) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(sealer.open(stored, key)))) {
            int count = in.readInt();
            if (count < 0) {
                return null;
            }
            List<String> states = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                states.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
            }
            return states;
        } catch (DamagedValueException | IOException | IllegalArgumentException damaged) {
            return null;
        }
    }
}
