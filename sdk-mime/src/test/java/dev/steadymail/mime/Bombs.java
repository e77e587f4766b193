package dev.steadymail.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;

/** Messages made to cost their reader dearly, as streams that are made while they are read. The parameter is how large one is. */
enum Bombs {
    DEPTH(10_000, Bombs::nested),
    PARTS(100_000, size -> around("--b\r\n\r\nx\r\n", size, "multipart/mixed; boundary=b")),
    EMPTY_PARTS(100_000, size -> around("--b\r\n", size, "multipart/mixed; boundary=b")),
    LINE_OF_BODY(1L << 30, size -> message("text/plain", new Repeated("x", size))),
    LINE_OF_BASE64(
            1L << 30, size -> message("text/plain\r\nContent-Transfer-Encoding: base64", new Repeated("QUJD", size))),
    LINE_OF_HEADER(1L << 30, size -> new Joined(stream("Subject: "), new Repeated("x", size))),
    FOLDED_HEADER(1L << 28, size -> new Joined(stream("Subject: a\r\n"), new Repeated(" x\r\n", size))),
    HEADERS(1L << 28, size -> new Joined(stream(""), new Repeated("X-A: b\r\n", size))),
    LINES(1L << 27, size -> message("text/plain", new Repeated("\r\n", size))),
    QUOTED_PRINTABLE(
            1L << 28,
            size -> message("text/plain\r\nContent-Transfer-Encoding: quoted-printable", new Repeated("=\r\n", size))),
    PARAMETERS(1L << 24, size -> new Joined(stream("Content-Type: text/plain"), new Repeated("; a*0*=%41", size))),
    FIELDS_AND_PARTS(
            1L << 20,
            size -> new Joined(
                    new Joined(
                            new Repeated("a:\n", size * 9 / 30 * 3),
                            stream("Content-Type: multipart/mixed; boundary=b\n\n")),
                    new Repeated("--b\n\n", size / 100 * 5))),
    PREAMBLE(1L << 27, size -> message("multipart/mixed; boundary=b", new Repeated("--a\r\n", size))),
    NEARLY_BOUNDARIES(
            1L << 25, size -> message("multipart/mixed; boundary=" + "-".repeat(90) + "b", new Repeated("-", size))),
    LONG_BOUNDARY(
            1L << 26,
            size -> message("multipart/mixed; boundary=" + "-".repeat(60_000) + "b", new Repeated("-", size)));

    final long size;

    @SuppressWarnings("ImmutableEnumChecker") // functions of their argument
    private final LongFunction<InputStream> maker;

    Bombs(long size, LongFunction<InputStream> maker) {
        this.size = size;
        this.maker = maker;
    }

    InputStream of(long size) {
        return maker.apply(size);
    }

    private static InputStream nested(long size) {
        return new InputStream() {
            private long level;
            private InputStream now = stream("");

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = now.read(buffer, offset, length);
                while (count < 0 && level < size) {
                    String above = level == 0 ? "" : "\r\n--b" + level + "e\r\n";
                    level++;
                    now = stream(above + "Content-Type: multipart/mixed; boundary=b" + level + "e\r\n\r\n");
                    count = now.read(buffer, offset, length);
                }
                return count;
            }
        };
    }

    private static InputStream around(String part, long count, String type) {
        return message(type, new Repeated(part, count * part.length()));
    }

    private static InputStream message(String type, InputStream body) {
        return new Joined(stream("Subject: s\r\nContent-Type: " + type + "\r\n\r\n"), body);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A text over and over, up to a number of octets. */
    private static final class Repeated extends InputStream {
        private final byte[] text;
        private long left;
        private int at;

        Repeated(String text, long octets) {
            this.text = text.getBytes(StandardCharsets.US_ASCII);
            this.left = octets;
        }

        @Override
        public int read() {
            if (left == 0) {
                return -1;
            }
            left--;
            int octet = text[at];
            at = at + 1 == text.length ? 0 : at + 1;
            return octet;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int count = (int) Math.min(length, left);
            for (int i = 0; i < count; i++) {
                buffer[offset + i] = (byte) read();
            }
            return count == 0 && length > 0 ? -1 : count;
        }
    }

    private static final class Joined extends InputStream {
        private final InputStream first;
        private final InputStream second;

        Joined(InputStream first, InputStream second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public int read() throws IOException {
            int octet = first.read();
            return octet >= 0 ? octet : second.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = first.read(buffer, offset, length);
            return count >= 0 ? count : second.read(buffer, offset, length);
        }
    }
}
