package dev.steadymail.cli.terminal;

/**
 * Makes text from strangers safe to print: one line, no escape sequences, nothing that turns the reading direction around and
 * so shows one address as another (Unicode Technical Report 36 section 2.5).
 */
public final class SafeText {
    private SafeText() {}

    /** Returns the text with white space and control characters as blanks, without invisible direction marks. */
    public static String line(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> append(c, safe));
        return safe.toString().strip();
    }

    private static void append(int c, StringBuilder safe) {
        switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> safe.append(' ');
            case Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> safe.append('\ufffd');
            case Character.FORMAT -> appendFormat(c, safe);
            default -> safe.appendCodePoint(c);
        }
    }

    /** Joiners shape letters and emoji; every other format character is invisible and changes what is around it. */
    private static void appendFormat(int c, StringBuilder safe) {
        if (c == 0x200c || c == 0x200d) {
            safe.appendCodePoint(c);
        }
    }
}
