package dev.steadymail.server;

import dev.steadymail.server.folder.DataFolder;
import org.springframework.context.ApplicationContext;

/** What a demo has that a server has not. */
@FunctionalInterface
interface DemoContents {
    /** Adds it to a server that is running. */
    void begin(DataFolder folder, ApplicationContext server);
}
