package dev.steadymail.testkit.smtp;

/**
 * The content behind DATA. Only CRLF.CRLF ends it, and a dot is taken out only behind CRLF (RFC 5321 section 4.5.2), so that LF.LF,
 * CR.CR and their kin end nothing: that is how one message is smuggled in another.
 */
final class DataIntake implements Intake {
    private final Content content;
    private final Runnable done;
    private final Runnable cut;
    private Place place = Place.LINE_START;

    DataIntake(Content content, Runnable done, Runnable cut) {
        this.content = content;
        this.done = done;
        this.cut = cut;
    }

    @Override
    public int take(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (content.isCutDue()) {
                cut.run();
                return to;
            }
            content.arrived();
            place = behind(octets[i]);
            if (place == Place.END) {
                done.run();
                return i + 1;
            }
        }
        if (content.isCutDue()) {
            cut.run();
        }
        return to;
    }

    private Place behind(byte octet) {
        return switch (place) {
            case LINE_START -> octet == '.' ? Place.DOT : text(octet);
            case DOT -> octet == '\r' ? Place.DOT_CR : text(octet);
            case DOT_CR -> octet == '\n' ? Place.END : afterDotCr(octet);
            case CR -> octet == '\n' ? lineEnd() : text(octet);
            case TEXT, END -> text(octet);
        };
    }

    /** The dot began a line with a bare CR: it goes, the CR stays. */
    private Place afterDotCr(byte octet) {
        content.add((byte) '\r');
        return text(octet);
    }

    private Place text(byte octet) {
        content.add(octet);
        return octet == '\r' ? Place.CR : Place.TEXT;
    }

    private Place lineEnd() {
        content.add((byte) '\n');
        return Place.LINE_START;
    }

    private enum Place {
        LINE_START,
        TEXT,
        CR,
        DOT,
        DOT_CR,
        END
    }
}
