package dev.steadymail.gmail;

/**
 * How a message goes to Gmail: up to a size in one request, above it in pieces, so that a cut costs a piece and not all of it.
 * Immutable.
 *
 * @param mostAtOnceBytes the largest message that goes in one request, 0 (none) to 5,242,880, which is where Google's guide to uploads
 *     wants pieces
 * @param pieceBytes how large each piece but the last is: a multiple of 262,144, as the guide asks for, of at most 36,700,160
 */
public record UploadSettings(long mostAtOnceBytes, int pieceBytes) {
    private static final long MOST_AT_ONCE = 5L << 20;
    private static final int BLOCK = 256 << 10;

    /** One request up to 5 MiB, pieces of 8 MiB above. */
    public static final UploadSettings DEFAULT = new UploadSettings(MOST_AT_ONCE, 8 << 20);

    public UploadSettings {
        if (mostAtOnceBytes < 0 || mostAtOnceBytes > MOST_AT_ONCE) {
            throw new IllegalArgumentException(
                    "mostAtOnceBytes must be between 0 and " + MOST_AT_ONCE + ", was " + mostAtOnceBytes);
        }
        if (pieceBytes < BLOCK || pieceBytes > Uploads.MOST_OCTETS || pieceBytes % BLOCK != 0) {
            throw new IllegalArgumentException("pieceBytes must be a multiple of " + BLOCK + " and at most "
                    + Uploads.MOST_OCTETS + ", was " + pieceBytes);
        }
    }

    public UploadSettings withMostAtOnceBytes(long mostAtOnceBytes) {
        return new UploadSettings(mostAtOnceBytes, pieceBytes);
    }

    public UploadSettings withPieceBytes(int pieceBytes) {
        return new UploadSettings(mostAtOnceBytes, pieceBytes);
    }
}
