package dev.steadymail.server.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts of the demo, packed with the program. */
final class Resources {
    private Resources() {}

    /**
     * Returns a text, with LF between its lines.
     *
     * @param name below the resource folder {@code demo}
     */
    static String text(String name) {
        try (InputStream stream = Resources.class.getResourceAsStream("/demo/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("the program lacks its resource demo/" + name + "; build it again");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the resource demo/" + name + " cannot be read", e);
        }
    }
}
