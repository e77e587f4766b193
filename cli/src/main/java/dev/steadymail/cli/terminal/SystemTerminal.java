package dev.steadymail.cli.terminal;

import java.io.Console;
import java.util.Optional;

/** The terminal that this process was started from. */
public final class SystemTerminal implements Terminal {
    private final Console console;

    private SystemTerminal(Console console) {
        this.console = console;
    }

    /** Returns the terminal of this process, or {@link Terminal#NONE} where its streams are not one. */
    @SuppressWarnings("SystemConsoleNull") // on Java 17 it does return null
    public static Terminal detect() {
        Console console = System.console();
        return console != null && isTerminal(console) && !"dumb".equals(System.getenv("TERM"))
                ? new SystemTerminal(console)
                : NONE;
    }

    @Override
    public boolean isInteractive() {
        return true;
    }

    @Override
    public Optional<String> askSecret(String prompt) {
        char[] line = console.readPassword("%s", prompt);
        return line == null || line.length == 0 ? Optional.empty() : Optional.of(new String(line));
    }

    /** From Java 22 on there is a console without a terminal too, and a method, found by name here, that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException olderJava) {
            return true;
        } catch (ReflectiveOperationException unexpected) {
            return false;
        }
    }
}
