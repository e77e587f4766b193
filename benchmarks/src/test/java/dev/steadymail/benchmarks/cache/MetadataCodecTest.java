package dev.steadymail.benchmarks.cache;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes do not depend on the machine, so they are held here; how long it takes is measured on demand. */
class MetadataCodecTest {
    private static final double MOST = 0.75;

    @ParameterizedTest
    @ValueSource(strings = {"ascii", "accented"})
    void metadata_takesThreeQuartersOfTheJsonAtMost(String header) throws IOException {
        MetadataCodec codec = new MetadataCodec();
        codec.header = header;
        codec.choose();
        int own = codec.octets().length;
        int json = codec.json().length;
        assertTrue(own <= MOST * json, () -> own + " octets beside " + json);
    }
}
