package dev.steadymail.benchmarks.cache;

import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.codec.KeyNames;
import dev.steadymail.cache.codec.ValueSealer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What do compression and encryption of a value cost, there and back, and its name? Values are metadata, and a text behind it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SealedValues {
    private static final ContentKeys KEYS = ContentKeys.of(1, new byte[32]);
    private static final KeyNames NAMES = KeyNames.keyed(KEYS);
    private static final ValueSealer ENCRYPTED = ValueSealer.encrypted(KEYS);
    private static final ValueSealer UNENCRYPTED = ValueSealer.unencrypted();

    /** Octets of a value. */
    @Param({"600", "4096"})
    public int octets = 600;

    private byte[] plain = new byte[0];
    private byte[] name = new byte[0];

    /** Made for JMH. */
    public SealedValues() {}

    /** Prints the size of what is sealed. */
    @Setup(Level.Trial)
    public void fill() {
        plain = SampleEmail.octets(octets);
        name = NAMES.of("account", "email", "1700000000.4711.INBOX");
        byte[] sealed = ENCRYPTED.seal(plain, name);
        if (!Arrays.equals(plain, ENCRYPTED.open(sealed, name))) {
            throw new IllegalStateException("what comes back is another value");
        }
        System.out.printf("%d octets sealed are %d%n", octets, sealed.length);
    }

    @Benchmark
    public byte[] encrypted() {
        return ENCRYPTED.open(ENCRYPTED.seal(plain, name), name);
    }

    @Benchmark
    public byte[] unencrypted() {
        return UNENCRYPTED.open(UNENCRYPTED.seal(plain, name), name);
    }

    @Benchmark
    public byte[] named() {
        return NAMES.of("account", "email", "1700000000.4711.INBOX");
    }
}
