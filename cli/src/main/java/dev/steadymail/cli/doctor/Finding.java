package dev.steadymail.cli.doctor;

import dev.steadymail.cli.terminal.JsonLine;
import dev.steadymail.cli.terminal.SafeText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one check came to.
 *
 * @param check the check's name
 * @param state how it went
 * @param detail what was found, or what is wrong with its remedy; null where nothing was looked at
 */
public record Finding(String check, State state, @Nullable String detail) {
    /** How a check went. */
    public enum State {
        OK,
        FAILED,
        /** An earlier one failed and made this one pointless. */
        UNCHECKED
    }

    /** Returns one line for people, without a line feed. */
    public String text() {
        String found = detail == null ? "not checked" : SafeText.line(detail);
        String mark = state == State.UNCHECKED ? "-" : word();
        return String.format(Locale.ROOT, "%-7s %-11s %s", mark, check, found);
    }

    JsonLine json() {
        return new JsonLine().put("check", check).put("state", word()).put("detail", detail);
    }

    private String word() {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
