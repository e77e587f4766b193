package dev.steadymail.testkit.gmail;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the service replaces the Message-ID of mail that is sent through it. */
final class SentMessageId {
    private static final Pattern HEADER = Pattern.compile("(?i)(?:^|(?<=\n))message-id(?=[ \t]*:)");
    private static final Pattern END = Pattern.compile("\r?\n\r?\n");

    private SentMessageId() {}

    /** Returns the message with this id in front; an id that it had is kept under another name. */
    static byte[] replaced(byte[] raw, String newId) {
        // One character for each byte, so that nothing else changes.
        String text = new String(raw, StandardCharsets.ISO_8859_1);
        Matcher end = END.matcher(text);
        int headEnd = end.find() ? end.start() : text.length();
        String head = HEADER.matcher(text.substring(0, headEnd)).replaceAll("X-Google-Original-Message-ID");
        String whole = "Message-ID: <" + newId + ">\r\n" + head + text.substring(headEnd);
        return whole.getBytes(StandardCharsets.ISO_8859_1);
    }
}
