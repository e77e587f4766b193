package dev.steadymail.sync;

/**
 * The kinds of entries in a state journal; the codes are the file format. A kind whose form changed has a code for each form, so that
 * journals of earlier versions are read for ever and what is written is always of the last form.
 */
enum StateEntry {
    BATCH(7, 1),
    STAGED(8, 2),
    STORED(9, 3),
    MAILBOX(4, 4),
    PARKED(10, 5),
    POSITION(6, 6);

    private final int code;
    private final int firstCode;

    StateEntry(int code, int firstCode) {
        this.code = code;
        this.firstCode = firstCode;
    }

    int code() {
        return code;
    }

    /** The form before emails had fingerprints and ancestries, and parked ones had tries. */
    int firstCode() {
        return firstCode;
    }
}
