package dev.steadymail.testkit.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is told of a client that stops talking. */
class WireInputTest {

    @Test
    void bareLineFeed_endsNoLine() throws IOException {
        WireInput in = input("A1 NOOP\n");
        assertGot("C: A1 NOOP\\n and then nothing within PT10S", in::readLine);
    }

    @Test
    void nothing_isNothing() throws IOException {
        WireInput in = input("");
        assertGot("nothing within PT10S", in::readLine);
    }

    @Test
    void halfALogin_isNotTold() throws IOException {
        WireInput in = input("A1 LOGIN ada sec");
        assertGot("C: A1 LOGIN <hidden> and then nothing within PT10S", in::readLine);
    }

    @Test
    void partOfALiteral_isCounted() throws IOException {
        WireInput in = input("abc");
        assertGot("3 octets and then nothing within PT10S", () -> in.skip(10));
    }

    @Test
    void lineWithoutBounds_isCut() throws IOException {
        WireInput in = input("x".repeat(100_000));
        assertGot("a line of more than 65536 octets", in::readLine);
    }

    @Test
    void lines_endWithCrLf() throws IOException, OffScriptException {
        WireInput in = input("a\rb\n\r\n\r\n");
        assertEquals("a\rb\n", in.readLine());
        assertEquals("", in.readLine());
    }

    private static void assertGot(String expected, Executable reading) {
        assertEquals(expected, assertThrows(OffScriptException.class, reading).got());
    }

    private static WireInput input(String sent) throws IOException {
        return new WireInput(new StoppingSocket(sent), Duration.ofSeconds(10), new Transcript());
    }

    /** Gives its octets and then no more. */
    private static final class StoppingSocket extends Socket {
        private final String sent;

        StoppingSocket(String sent) {
            this.sent = sent;
        }

        @Override
        public InputStream getInputStream() {
            return new StoppingStream(sent.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static final class StoppingStream extends FilterInputStream {
        StoppingStream(byte[] octets) {
            super(new ByteArrayInputStream(octets));
        }

        @Override
        public int read() throws IOException {
            return orTimeout(super.read());
        }

        @Override
        public int read(byte[] buffer, int from, int count) throws IOException {
            return orTimeout(super.read(buffer, from, count));
        }

        private static int orTimeout(int result) throws SocketTimeoutException {
            if (result < 0) {
                throw new SocketTimeoutException();
            }
            return result;
        }
    }
}
