package dev.steadymail.testkit.imap;

import java.util.function.Consumer;

/** Who hears of each command before it is done. Thread-safe. */
final class CommandWatch {
    private volatile Consumer<String> hook = command -> {};

    void set(Consumer<String> newHook) {
        hook = newHook;
    }

    void tell(String command) {
        hook.accept(command);
    }
}
