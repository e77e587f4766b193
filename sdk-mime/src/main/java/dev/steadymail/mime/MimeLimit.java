package dev.steadymail.mime;

/** What a message had more of than was read; see {@link MimeLimits}. */
public enum MimeLimit {
    /** Multiparts inside one another: the innermost that were read have no structure. */
    DEPTH,
    /** Parts: those after the limit are missing. */
    PARTS,
    /** Octets in one header field: it is cut. */
    HEADER,
    /** Octets in all header fields: later ones are missing. */
    HEADERS,
    /** Octets in one line of a header: nothing after it was read. */
    LINE,
    /** Decoded octets: contents are cut or missing, see {@link ParsedPart#isCut}. */
    CONTENT,
    /** Characters of a boundary: its multipart has no structure. */
    BOUNDARY
}
