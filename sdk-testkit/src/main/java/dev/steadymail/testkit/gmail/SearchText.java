package dev.steadymail.testkit.gmail;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of a message as search sees it, and matching by whole words whatever the case. */
final class SearchText {
    private static final int MAX_TEXT = 1_000_000;
    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");
    private static final Pattern TAG = Pattern.compile("<[^<>]*>");

    private SearchText() {}

    /** Returns subject, addresses, file names and the inline texts. */
    static String of(MimePart mime) {
        String headers = Stream.of("Subject", "From", "To", "Cc", "Bcc")
                .map(mime::decodedHeader)
                .collect(Collectors.joining("\n"));
        String bodies = mime.walk()
                .filter(part -> part.contentType().mimeType().startsWith("text/") && !part.isAttachment())
                .map(SearchText::visible)
                .collect(Collectors.joining("\n"));
        return headers + "\n" + filenames(mime).collect(Collectors.joining("\n")) + "\n" + bodies;
    }

    static Stream<String> filenames(MimePart mime) {
        return mime.walk().map(MimePart::filename).filter(name -> !name.isEmpty());
    }

    /** Whether the words stand in the text one after the other; with none, every text matches. */
    static boolean containsWords(String text, String words) {
        String wanted = normalize(words).strip();
        if (wanted.isEmpty()) {
            return true;
        }
        // Scripts without blanks between words can only be searched by substring.
        boolean ascii = wanted.chars().allMatch(c -> c < 128);
        return normalize(text).contains(ascii ? " " + wanted + " " : wanted);
    }

    private static String normalize(String text) {
        return " "
                + NOT_WORD.matcher(text.toLowerCase(Locale.ROOT))
                        .replaceAll(" ")
                        .strip() + " ";
    }

    private static String visible(MimePart part) {
        String text = part.text();
        String start = text.substring(0, Math.min(text.length(), MAX_TEXT));
        return part.contentType().mimeType().equals("text/html")
                ? TAG.matcher(start).replaceAll(" ")
                : start;
    }
}
