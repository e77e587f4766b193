package dev.steadymail.mime;

/**
 * How much of a message is read. What is beyond a limit is left out, and {@link ParsedEmail#limits} says so; no limit is an error.
 *
 * @param maxDepth multiparts inside one another, 1 to 250; deeper ones are parts without a structure
 * @param maxParts parts of a message, at least 1; reading ends after them
 * @param maxHeaderBytes octets of one header field, at least 1,000; longer ones are cut
 * @param maxHeadersBytes octets of all header fields of a message, its parts' included, at least as many; later ones are left out
 * @param maxContentBytes decoded octets of all parts, which are held in memory; at least 0
 */
public record MimeLimits(int maxDepth, int maxParts, int maxHeaderBytes, int maxHeadersBytes, long maxContentBytes) {
    private static final int DEEPEST = 250;
    private static final int LEAST_HEADER = 1_000;

    /** Depth 100, 10,000 parts, fields of 64 KiB and of 1 MiB in all, contents of 35 MiB. */
    public static final MimeLimits DEFAULT = new MimeLimits(100, 10_000, 64 << 10, 1 << 20, 35L << 20);

    public MimeLimits {
        if (maxDepth < 1 || maxDepth > DEEPEST) {
            throw new IllegalArgumentException("maxDepth must be between 1 and " + DEEPEST + ", was " + maxDepth);
        }
        if (maxParts < 1) {
            throw new IllegalArgumentException("maxParts must be at least 1, was " + maxParts);
        }
        if (maxHeaderBytes < LEAST_HEADER || maxHeadersBytes < maxHeaderBytes) {
            throw new IllegalArgumentException("maxHeaderBytes must be at least " + LEAST_HEADER
                    + " and at most maxHeadersBytes, were " + maxHeaderBytes + " and " + maxHeadersBytes);
        }
        if (maxContentBytes < 0) {
            throw new IllegalArgumentException("maxContentBytes must be at least 0, was " + maxContentBytes);
        }
    }

    /** Returns the same with another limit on contents. */
    public MimeLimits withMaxContentBytes(long maxContentBytes) {
        return new MimeLimits(maxDepth, maxParts, maxHeaderBytes, maxHeadersBytes, maxContentBytes);
    }
}
