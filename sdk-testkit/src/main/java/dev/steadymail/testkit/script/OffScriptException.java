package dev.steadymail.testkit.script;

/** The client did something else than the script says; the message tells what, in words that follow "got". */
final class OffScriptException extends Exception {

    private static final long serialVersionUID = 1;

    OffScriptException(String got) {
        super(got);
    }

    /** Returns what came instead of what the script says. */
    String got() {
        return String.valueOf(getMessage());
    }
}
