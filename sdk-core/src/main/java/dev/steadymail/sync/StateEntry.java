package dev.steadymail.sync;

/** The kinds of entries in a state journal; the codes are the file format. */
enum StateEntry {
    BATCH(1),
    STAGED(2),
    STORED(3),
    MAILBOX(4),
    PARKED(5),
    POSITION(6);

    private final int code;

    StateEntry(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
