package dev.steadymail.server.settings;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The variables of the environment, of which a blank one is unset.
 *
 * @param faults takes what cannot be read
 */
record Variables(Map<String, String> all, Faults faults) {
    Optional<String> text(String name) {
        return Optional.ofNullable(all.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Returns a whole number between both bounds, inclusive. */
    OptionalInt number(String name, int least, int most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (text.get().matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return OptionalInt.of(number);
            }
        }
        faults.add(name + " must be a whole number between " + least + " and " + most
                + "; correct it, or unset it for the default");
        return OptionalInt.empty();
    }

    @Override
    public String toString() {
        return "Variables[hidden]";
    }
}
