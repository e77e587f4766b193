package dev.steadymail.cli.send;

import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.mail.OutgoingPart;
import dev.steadymail.mail.RawContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that a message is made of, as arguments name them. Errors name the option, not the file. */
public final class MessageFiles {
    private static final int MOST_TEXT = 10 << 20;
    private static final String ANY_TYPE = "application/octet-stream";

    private MessageFiles() {}

    /**
     * Returns a text in UTF-8, of 10 MiB at most.
     *
     * @param file a file, or {@code -} for {@code in}
     */
    public static String text(String option, Path file, InputStream in) {
        try {
            if (file.toString().equals("-")) {
                return text(option, in);
            }
            try (InputStream octets = Files.newInputStream(readable(option, file))) {
                return text(option, octets);
            }
        } catch (CharacterCodingException otherCharset) {
            throw CommandException.usage(option + " must be text in UTF-8; convert it first");
        } catch (IOException failure) {
            throw unreadable(option);
        }
    }

    private static String text(String option, InputStream in) throws IOException {
        byte[] octets = in.readNBytes(MOST_TEXT + 1);
        if (octets.length > MOST_TEXT) {
            throw CommandException.usage(option + " may have 10 MiB at most; use --attach");
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(octets))
                .toString();
    }

    /** Returns a file as an attachment, of the type that the system knows by its name. */
    public static OutgoingPart attachment(Path file) {
        RawContent content = message("--attach", file);
        String name = String.valueOf(file.getFileName());
        try {
            return new OutgoingPart(name, type(file), content, null);
        } catch (IllegalArgumentException notOfAFile) {
            return new OutgoingPart(name, ANY_TYPE, content, null);
        }
    }

    /** Returns the octets of a file, read whenever they are needed. */
    public static RawContent message(String option, Path file) {
        return RawContent.of(readable(option, file));
    }

    private static String type(Path file) {
        try {
            String known = Files.probeContentType(file);
            return known == null ? ANY_TYPE : known;
        } catch (IOException unknown) {
            return ANY_TYPE;
        }
    }

    private static Path readable(String option, Path file) {
        if (Files.isDirectory(file) || !Files.isReadable(file)) {
            throw unreadable(option);
        }
        return file;
    }

    private static CommandException unreadable(String option) {
        return CommandException.usage(option + " names a file that cannot be read; check the path and its rights");
    }
}
