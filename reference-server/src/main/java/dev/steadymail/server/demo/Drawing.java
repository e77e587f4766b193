package dev.steadymail.server.demo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Small files that look like something: a picture and a page with a line of text, both after their name. */
final class Drawing {
    private static final int SIDE = 48;
    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private Drawing() {}

    /** Returns an image of 48 by 48 pixels (RFC 2083), its colours turning with the name. */
    static byte[] png(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PNG_SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(SIDE).putInt(SIDE);
        chunk(out, "IHDR", header.put(new byte[] {8, 2, 0, 0, 0}).array());
        chunk(out, "IDAT", stored(pixels(name.hashCode())));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /** Three octets a pixel, each row after an octet that says it is unfiltered. */
    private static byte[] pixels(int hue) {
        ByteBuffer pixels = ByteBuffer.allocate(SIDE * (1 + 3 * SIDE));
        for (int y = 0; y < SIDE; y++) {
            pixels.put((byte) 0);
            for (int x = 0; x < SIDE; x++) {
                boolean sun = (x - 34) * (x - 34) + (y - 14) * (y - 14) < 60;
                int sky = sun ? 240 : 120 + 2 * y;
                pixels.put((byte) sky)
                        .put((byte) (sun ? 210 : (hue >> 8 & 63) + 90 + x))
                        .put((byte) (hue & 127));
            }
        }
        return pixels.array();
    }

    /** Uncompressed, so that the octets do not depend on the JVM's zlib. */
    private static byte[] stored(byte[] data) {
        Deflater deflater = new Deflater(Deflater.NO_COMPRESSION);
        try {
            deflater.setInput(data);
            deflater.finish();
            byte[] out = new byte[data.length + 100];
            return ByteBuffer.allocate(deflater.deflate(out))
                    .put(out, 0, Math.toIntExact(deflater.getBytesWritten()))
                    .array();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] typed =
                ByteBuffer.allocate(4 + data.length).put(ascii(type)).put(data).array();
        CRC32 crc = new CRC32();
        crc.update(typed);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(typed);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    /** Returns one page (ISO 32000-1) that says its name. */
    static byte[] pdf(String name) {
        String show = "BT /F1 24 Tf 72 720 Td (" + name.replaceAll("[^A-Za-z0-9. -]", " ") + ") Tj ET";
        List<String> objects = List.of(
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                        + " /Resources << /Font << /F1 5 0 R >> >> >>",
                "<< /Length " + show.length() + " >>\nstream\n" + show + "\nendstream",
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        return ascii(pdf(objects));
    }

    private static String pdf(List<String> objects) {
        StringBuilder out = new StringBuilder("%PDF-1.4\n");
        List<String> offsets = new ArrayList<>();
        for (String object : objects) {
            offsets.add(String.format(Locale.ROOT, "%010d 00000 n \n", out.length()));
            out.append(offsets.size()).append(" 0 obj\n").append(object).append("\nendobj\n");
        }
        int table = out.length();
        int size = objects.size() + 1;
        out.append("xref\n0 ").append(size).append("\n0000000000 65535 f \n").append(String.join("", offsets));
        out.append("trailer << /Size ").append(size).append(" /Root 1 0 R >>\nstartxref\n");
        return out.append(table).append("\n%%EOF\n").toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
