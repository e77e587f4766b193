package dev.steadymail.testkit.script;

/**
 * A client did not follow the script of a {@link ScriptedImapServer}. The message names the connection and the line of the script, what was
 * expected and what came, and the dialogue up to there.
 */
public final class ScriptMismatchError extends AssertionError {

    private static final long serialVersionUID = 1;

    ScriptMismatchError(String message) {
        super(message);
    }
}
