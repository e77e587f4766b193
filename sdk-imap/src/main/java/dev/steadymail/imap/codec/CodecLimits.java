package dev.steadymail.imap.codec;

/**
 * How much a server may send in one response. What is over {@code maxLiteral} ends the connection, since nobody can skip what never
 * ends; what is over another bound is skipped and reported as {@link Response.Unreadable}. Immutable.
 *
 * @param maxLiteral octets of a streamed literal, a message's content for example
 * @param maxLine octets of a response of no special kind, literals included
 * @param maxFetch octets of a FETCH response beside its streamed literals: envelope and body structure
 * @param maxNumbers octets of a response that lists numbers: SEARCH, ESEARCH, VANISHED
 * @param maxDepth how deep lists may be nested
 * @param maxTokens atoms, strings and lists in one response
 */
public record CodecLimits(long maxLiteral, int maxLine, int maxFetch, int maxNumbers, int maxDepth, int maxTokens) {
    /** 150 MB, 64 kB, 1 MB, 11 MB (a million numbers), 100 and 1,000,000. */
    public static final CodecLimits DEFAULTS = new CodecLimits(150L << 20, 64 << 10, 1 << 20, 11 << 20, 100, 1_000_000);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException where one is not positive, or a response may have fewer than 40 octets
     */
    public CodecLimits {
        if (maxLiteral < 1 || maxDepth < 1 || maxTokens < 1) {
            throw new IllegalArgumentException("every limit must be at least 1");
        }
        int least = Math.min(maxLine, Math.min(maxFetch, maxNumbers));
        if (least < LineHead.LONGEST) {
            throw new IllegalArgumentException(
                    "a response must have room for " + LineHead.LONGEST + " octets, not " + least);
        }
    }
}
