package dev.steadymail.mime.header;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Makes names that strangers chose safe to save and to show. Thread-safe. */
public final class FileName {
    private static final int MAX_OCTETS = 200;
    private static final String NAMELESS = "attachment";
    private static final String NOT_ON_DISK = "<>:\"|?*";

    /** Names of devices on Windows, with any extension. */
    private static final Set<String> DEVICES = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private FileName() {}

    /**
     * Returns a name that is one name and nothing else on any system: no path, no control or formatting characters (which turn
     * {@code exe.txt} around), no leading dot, no device, 200 octets of UTF-8 at most. Two names may become one.
     */
    public static String safe(String name) {
        int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        StringBuilder kept = new StringBuilder();
        name.substring(slash + 1)
                .codePoints()
                .filter(FileName::isShown)
                .forEach(point -> kept.appendCodePoint(NOT_ON_DISK.indexOf(point) >= 0 ? '_' : point));
        String trimmed = trimmed(shortened(kept.toString()));
        int dot = trimmed.indexOf('.');
        String stem = (dot < 0 ? trimmed : trimmed.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
        if (trimmed.isEmpty()) {
            return NAMELESS;
        }
        return DEVICES.contains(stem) ? "_" + trimmed : trimmed;
    }

    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** Cuts in front of the extension, so that what kind of file it is stays known. */
    private static String shortened(String name) {
        if (octets(name) <= MAX_OCTETS) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot >= 0 && name.length() - dot <= 16 ? name.substring(dot) : "";
        String stem = name.substring(0, name.length() - extension.length());
        int room = MAX_OCTETS - octets(extension);
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int i = 0; i < stem.length(); ) {
            int point = stem.codePointAt(i);
            used += octets(Character.toString(point));
            if (used > room) {
                break;
            }
            kept.appendCodePoint(point);
            i += Character.charCount(point);
        }
        return kept + extension;
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Windows drops dots and spaces at the end; a dot in front hides a file elsewhere. */
    private static String trimmed(String name) {
        int from = 0;
        int to = name.length();
        while (from < to && (name.charAt(from) == '.' || Character.isWhitespace(name.charAt(from)))) {
            from++;
        }
        while (to > from && (name.charAt(to - 1) == '.' || Character.isWhitespace(name.charAt(to - 1)))) {
            to--;
        }
        return name.substring(from, to);
    }
}
