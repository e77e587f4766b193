package dev.steadymail.benchmarks.gmail;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.gmail.model.Message;
import dev.steadymail.gmail.json.GmailMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** What does reading one answer of {@code messages.get} cost, beside Google's own parser and model? Contents are decoded by both. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageParse {
    private static final byte[] METADATA = Answers.metadata(1);
    private static final byte[] FULL = Answers.full(1);

    /** Made for JMH. */
    public MessageParse() {}

    @Benchmark
    public Object metadata() throws IOException {
        return GmailMessage.read(new ByteArrayInputStream(METADATA));
    }

    @Benchmark
    public Object metadataByGson() throws IOException {
        return byGson(METADATA);
    }

    @Benchmark
    public Object full() throws IOException {
        return GmailMessage.read(new ByteArrayInputStream(FULL));
    }

    @Benchmark
    public Object fullByGson() throws IOException {
        Message message = byGson(FULL);
        message.getPayload().getParts().forEach(part -> part.getBody().decodeData());
        return message;
    }

    /** As {@code request.execute()} does it. */
    private static Message byGson(byte[] answer) throws IOException {
        return GsonFactory.getDefaultInstance()
                .createJsonObjectParser()
                .parseAndClose(new ByteArrayInputStream(answer), StandardCharsets.UTF_8, Message.class);
    }
}
