package dev.steadymail.imap.command;

import java.io.IOException;
import java.io.InputStream;

/** Where the octets of a literal come from, opened once for each time it is sent. */
@FunctionalInterface
public interface ContentSource {
    /** Opens a stream; who opened it closes it. */
    InputStream open() throws IOException;
}
