package dev.steadymail.cli.terminal;

import java.util.Optional;

/** The person at the keyboard, if there is one. */
public interface Terminal {
    /** A command that runs without anybody watching. */
    Terminal NONE = new Terminal() {
        @Override
        public boolean isInteractive() {
            return false;
        }

        @Override
        public Optional<String> askSecret(String prompt) {
            return Optional.empty();
        }
    };

    /** Returns whether somebody can be asked and shown a progress bar. */
    boolean isInteractive();

    /** Asks for a line that is not echoed; empty where nobody answers. */
    Optional<String> askSecret(String prompt);
}
