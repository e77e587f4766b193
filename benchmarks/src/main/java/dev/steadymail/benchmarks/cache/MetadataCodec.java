package dev.steadymail.benchmarks.cache;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steadymail.cache.codec.EmailCodec;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.FetchLevel;
import java.io.IOException;
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

/**
 * What does an email's metadata cost as octets and back, beside JSON by Jackson? Ours ends in the SDK's own records, which check what they
 * are given; Jackson's in plain ones. What is empty is left out of the JSON.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MetadataCodec {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
            .build();
    private static final ObjectWriter WRITER = MAPPER.writerFor(JsonEmail.class);
    private static final ObjectReader READER = MAPPER.readerFor(JsonEmail.class);

    /** Whether subject and author are plain ASCII. */
    @Param({"ascii", "accented"})
    public String header = "ascii";

    private Email email = SampleEmail.ascii();
    private JsonEmail mirror = JsonEmail.of(email, FetchLevel.METADATA.name());

    /** Made for JMH. */
    public MetadataCodec() {}

    /** Prints both sizes. */
    @Setup(Level.Trial)
    public void choose() throws IOException {
        email = header.equals("ascii") ? SampleEmail.ascii() : SampleEmail.accented();
        mirror = JsonEmail.of(email, FetchLevel.METADATA.name());
        if (!ours().equals(new EmailCodec.Coded(email, FetchLevel.METADATA))
                || !jackson().equals(mirror)) {
            throw new IllegalStateException("what comes back is another email");
        }
        System.out.printf("%s: %d octets, Jackson's %d%n", header, octets().length, json().length);
    }

    @Benchmark
    public Object ours() {
        return EmailCodec.decode(octets());
    }

    @Benchmark
    public Object jackson() throws IOException {
        return READER.readValue(json());
    }

    byte[] octets() {
        return EmailCodec.encode(email, FetchLevel.METADATA);
    }

    byte[] json() throws IOException {
        return WRITER.writeValueAsBytes(mirror);
    }
}
