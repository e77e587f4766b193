package dev.steadymail.gmail.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.gmail.http.MultipartReader.HttpHead;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MultipartReaderTest {
    private static final String TYPE = "multipart/mixed; boundary=b_1";

    @Test
    void parts_areReadOneByOne() throws IOException {
        MultipartReader reader = reader(
                "preamble\r\n--b_1\r\nContent-Type: application/http\r\nContent-ID: <response-p0>\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\n\r\n--b_1\r\n\r\nplain\r\n--b_1--\r\nepilogue");
        Map<String, String> first = reader.next();
        assertNotNull(first);
        assertEquals("<response-p0>", first.get("content-id"));
        HttpHead head = reader.httpHead();
        assertEquals(200, head.status());
        assertEquals("application/json", head.fields().get("CONTENT-TYPE"));
        assertEquals("{\"a\":1}\n\r", text(reader.content()));
        assertEquals(Map.of(), reader.next());
        assertEquals("plain\r", text(reader.content()));
        assertNull(reader.next());
        assertNull(reader.next());
    }

    @Test
    void contentLeftUnread_isPassedOver() throws IOException {
        MultipartReader reader = reader("--b_1\n\n" + "x\n--b_\n".repeat(9_000) + "\n--b_1\n\nsecond\n--b_1--");
        assertNotNull(reader.next());
        assertNotNull(reader.next());
        assertEquals("second", text(reader.content()));
        assertNull(reader.next());
    }

    @Test
    void anyContentInAnyPieces_comesOutAsItWas() throws IOException {
        long seed = Long.getLong("steadymail.seed", 11);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<byte[]> contents = new ArrayList<>();
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            for (int part = 0; part < 1 + random.nextInt(4); part++) {
                contents.add(content(random));
                wire.writeBytes(ascii("\n--b_1\r\n\r\n"));
                wire.writeBytes(contents.get(part));
            }
            wire.writeBytes(ascii("\n--b_1--"));
            MultipartReader reader =
                    MultipartReader.of(inPieces(new ByteArrayInputStream(wire.toByteArray()), random), TYPE);
            for (byte[] content : contents) {
                assertNotNull(reader.next(), "-Dsteadymail.seed=" + seed);
                assertArrayEquals(content, reader.content().readAllBytes(), "-Dsteadymail.seed=" + seed);
            }
            assertNull(reader.next());
        }
    }

    @Test
    void answerCutAnywhere_isNeverTakenForWhole() throws IOException {
        String whole = "--b_1\r\nContent-ID: <response-p0>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}\r\n--b_1--";
        for (int length = 0; length < whole.length() - 2; length++) {
            MultipartReader reader = reader(whole.substring(0, length));
            assertThrows(
                    EOFException.class,
                    () -> {
                        while (reader.next() != null) {
                            var unused = reader.content().readAllBytes();
                        }
                    },
                    "cut at " + length);
        }
    }

    @Test
    void headersWithoutEnd_areRefused() throws IOException {
        MultipartReader longLine = reader("--b_1\r\nX: " + "y".repeat(20_000) + "\r\n\r\n");
        assertThrows(IOException.class, longLine::next);
        MultipartReader manyFields = reader("--b_1\r\n" + "X: y\r\n".repeat(200) + "\r\n");
        assertThrows(IOException.class, manyFields::next);
        MultipartReader endsInHeader = reader("--b_1\r\nX: y\r\n--b_1\r\n\r\nz\r\n--b_1--");
        assertThrows(IOException.class, endsInHeader::next);
    }

    @Test
    void whatIsNoMultipart_isRefused() {
        for (String type : new String[] {null, "", "text/html", "multipart/mixed", "multipart/mixed; boundary="}) {
            assertThrows(IOException.class, () -> MultipartReader.of(InputStream.nullInputStream(), type), type);
        }
    }

    @Test
    void boundary_mayBeQuotedAndNotTheFirstParameter() throws IOException {
        for (String type : List.of(
                "multipart/mixed; boundary=\"b_1\"",
                "Multipart/Mixed;charset=utf-8; Boundary=b_1",
                "multipart/mixed;boundary=b_1")) {
            assertNull(
                    MultipartReader.of(new ByteArrayInputStream(ascii("--b_1--\r\n")), type)
                            .next(),
                    type);
        }
    }

    @Test
    void partWithoutStatusLine_isRefused() throws IOException {
        MultipartReader reader = reader("--b_1\r\n\r\n<html>\r\n--b_1--\r\n");
        assertNotNull(reader.next());
        assertThrows(IOException.class, reader::httpHead);
    }

    /** Much of what looks like the beginning of a delimiter. */
    private static byte[] content(Random random) {
        String[] pieces = {
            "\n", "\r\n", "-", "--", "\n--b", "\n--b_", "b_1", "{\"x\":1}", "y".repeat(random.nextInt(9_000))
        };
        StringBuilder content = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            content.append(pieces[random.nextInt(pieces.length)]);
        }
        return ascii(content.toString().replace("\n--b_1", "\n--b_2"));
    }

    private static InputStream inPieces(InputStream in, Random random) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return in.read(buffer, offset, Math.min(length, 1 + random.nextInt(50)));
            }
        };
    }

    private static MultipartReader reader(String text) throws IOException {
        return MultipartReader.of(new ByteArrayInputStream(ascii(text)), TYPE);
    }

    private static String text(InputStream content) throws IOException {
        return new String(content.readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
