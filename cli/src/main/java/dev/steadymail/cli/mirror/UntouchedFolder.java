package dev.steadymail.cli.mirror;

import dev.steadymail.cli.outcome.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that no mirror has claimed: what is there already is somebody's, and a run would replace or delete it. */
final class UntouchedFolder {
    private UntouchedFolder() {}

    /**
     * Does nothing where a mirror can begin.
     *
     * @throws CommandException wrong usage, where the folder holds an index or messages
     */
    static void check(Path index, MessageFiles messages) throws IOException {
        if (hasContent(index)) {
            throw inTheWay("an index.jsonl");
        }
        if (messages.any()) {
            throw inTheWay("messages");
        }
    }

    /** A first run that was killed early leaves an empty index. */
    private static boolean hasContent(Path index) throws IOException {
        return Files.isRegularFile(index) && Files.size(index) > 0;
    }

    private static CommandException inTheWay(String what) {
        return CommandException.usage(
                "DIR holds " + what
                        + " that no mirror here knows, and that a run would replace; choose another DIR, or move that away first");
    }
}
