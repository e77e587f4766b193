package dev.steadymail.testkit.imap;

import java.io.IOException;

/** One IMAP command. Holds no state of a session. */
interface Command {

    /**
     * Reads the arguments, of which the first is still preceded by a space, does the command, and hands its data to the session's writer.
     *
     * @return the tagged answer, to be sent by the caller
     * @throws CommandSyntaxException to answer BAD
     * @throws CommandRefusedException to answer NO
     * @throws IOException if the connection ended
     */
    Completion run(ImapSession session, CommandReader args) throws IOException;
}
