package dev.steadymail.smtp;

/** What the server answers: one command or one other thing that it must react to. */
enum Stage {
    GREETING("the greeting"),
    EHLO("EHLO"),
    STARTTLS("STARTTLS"),
    AUTH("AUTH"),
    RESET("RSET"),
    MAIL("MAIL"),
    RCPT("RCPT"),
    DATA("DATA"),
    /** A chunk that is not the last one (RFC 3030). */
    CHUNK("BDAT"),
    /** The end mark, or the last octet of the last chunk. */
    END("the end of the message");

    private final String shown;

    Stage(String shown) {
        this.shown = shown;
    }

    /** Returns its name for messages. */
    String shown() {
        return shown;
    }
}
