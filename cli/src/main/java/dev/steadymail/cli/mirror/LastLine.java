package dev.steadymail.cli.mirror;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last line of an index, whose id is the highest in it. */
final class LastLine {
    private static final int WINDOW = 64 << 10;
    private static final Pattern ID = Pattern.compile("\\{\"id\":\"e([0-9]{10,18})\",");

    private LastLine() {}

    /** Returns the number of the highest id, 0 where there is none that can be read. */
    static long number(Path index) throws IOException {
        if (!Files.isRegularFile(index)) {
            return 0;
        }
        String text = end(index);
        Matcher id = ID.matcher(text.substring(text.lastIndexOf('\n') + 1));
        return id.lookingAt() ? Long.parseLong(id.group(1)) : 0;
    }

    /** Returns the end of the file without its line feed. */
    private static String end(Path index) throws IOException {
        try (FileChannel channel = FileChannel.open(index)) {
            channel.position(Math.max(0, channel.size() - WINDOW));
            ByteBuffer bytes = ByteBuffer.allocate(WINDOW);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).stripTrailing();
        }
    }
}
