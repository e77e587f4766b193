package dev.steadymail.benchmarks.cache;

import dev.steadymail.cache.codec.EmailCodec;
import dev.steadymail.cache.shared.LastingName;
import dev.steadymail.cache.shared.Wanted;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.FetchLevel;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does an email of 4 KB cost that another process left on Redis, opened, unpacked and made an email again, beside a bare GET of as many
 * octets by Lettuce?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HitOnRedis {
    private static final byte[] BARE = "bare".getBytes(StandardCharsets.US_ASCII);
    private static final LastingName NAME = new LastingName("1700000000.4711.INBOX", "");
    private static final Wanted WANTED = Wanted.lasting(List.of(NAME));

    /** Whether the email's text can be compressed as words can. */
    @Param({"words", "random"})
    public String text = "words";

    private final RedisRig rig = new RedisRig();
    private final RedisCommands<byte[], byte[]> bare = rig.bare();

    /** Made for JMH. */
    public HitOnRedis() {}

    /** Keeps one value for each. */
    @Setup(Level.Trial)
    public void fill() throws InterruptedException {
        Email email = text.equals("words") ? SampleEmail.ofWords() : SampleEmail.ofNoise();
        byte[] octets = EmailCodec.encode(email, FetchLevel.METADATA);
        var unused = bare.set(BARE, octets);
        rig.keep(Map.of(), Map.of(NAME, octets));
        if (!level().equals(new EmailCodec.Coded(email, FetchLevel.METADATA))) {
            throw new IllegalStateException("what comes back is another email");
        }
        System.out.printf("%s: %d octets%n", text, octets.length);
    }

    @TearDown(Level.Trial)
    public void close() {
        rig.close();
    }

    @Benchmark
    public Object lettuce() {
        return bare.get(BARE);
    }

    @Benchmark
    public Object level() {
        return EmailCodec.decode(
                Objects.requireNonNull(rig.find(WANTED).lasting().get(NAME)));
    }
}
