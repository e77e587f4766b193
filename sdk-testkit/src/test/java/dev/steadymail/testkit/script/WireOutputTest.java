package dev.steadymail.testkit.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireOutputTest {

    private final List<String> writes = new ArrayList<>();

    @Test
    void text_isOneWrite() throws IOException, OffScriptException {
        assertEquals(List.of("ab"), writesOf(false));
    }

    @Test
    void dripping_isOneWriteForEachOctet() throws IOException, OffScriptException {
        assertEquals(List.of("a", "b"), writesOf(true));
    }

    private List<String> writesOf(boolean drip) throws IOException, OffScriptException {
        try (WriteWatch watch = new WriteWatch(Duration.ofMinutes(1), "write-test");
                Socket socket = new RecordingSocket()) {
            WireOutput out = new WireOutput(socket, Duration.ofMinutes(1), watch);
            out.drip(drip);
            out.write("a");
            out.write("b");
            out.flush();
        }
        return writes;
    }

    private final class RecordingSocket extends Socket {
        @Override
        public OutputStream getOutputStream() {
            return new OutputStream() {
                @Override
                public void write(int octet) {
                    throw new AssertionError("not in blocks");
                }

                @Override
                public void write(byte[] octets, int from, int count) {
                    writes.add(new String(octets, from, count, StandardCharsets.ISO_8859_1));
                }
            };
        }
    }
}
