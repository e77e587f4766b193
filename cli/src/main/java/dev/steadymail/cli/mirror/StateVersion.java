package dev.steadymail.cli.mirror;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The version of a mirror's own state, in a file of its own. */
final class StateVersion {
    static final String CURRENT = "1";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private StateVersion() {}

    /**
     * Does nothing where the file, which is there, holds our version.
     *
     * @throws MailException of kind STORAGE
     */
    static void check(Path file) throws IOException {
        String found = OwnText.read(file);
        if (!NUMBER.matcher(found).matches()) {
            throw DamagedState.of("version is damaged");
        }
        if (!found.equals(CURRENT)) {
            throw MailException.of(
                    Kind.STORAGE, "DIR was written by another version of steadymail; use that version or another DIR");
        }
    }
}
