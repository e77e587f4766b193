package dev.steadymail.mime.write;

import jakarta.mail.util.LineOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes a message's header line by line and writes it in UTF-8. Jakarta Mail's own stream does so, too, unless the system property {@code
 * mail.mime.allowutf8} says otherwise; then it cuts characters to their lower octet, which makes line ends of some.
 */
final class HeaderLines extends FilterOutputStream implements LineOutputStream {
    private static final byte[] LINE_END = {'\r', '\n'};

    HeaderLines(OutputStream out) {
        super(out);
    }

    @Override
    public void writeln(String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        writeln();
    }

    @Override
    public void writeln() throws IOException {
        out.write(LINE_END);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        out.write(octets, offset, length);
    }
}
