package dev.steadymail.testkit.smtp;

/** What takes the client's octets at present. */
interface Intake {

    /**
     * Takes octets, at least one, and at most up to the point where another intake may be due.
     *
     * @param from the first one
     * @param to behind the last one, above {@code from}
     * @return the place behind the last octet taken
     */
    int take(byte[] octets, int from, int to);

    /** Forgets all that comes. */
    static Intake nothing() {
        return (octets, from, to) -> to;
    }
}
