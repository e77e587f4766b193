package dev.steadymail.server.accounts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;

/** How much an account matters: whose turn comes first where there is more to do than workers, and how often it is looked at. */
public enum Priority {
    HIGH(90, 1),
    MEDIUM(50, 1),
    LOW(10, 3);

    private final int rank;
    private final int intervals;

    Priority(int rank, int intervals) {
        this.rank = rank;
        this.intervals = intervals;
    }

    /**
     * Reads a priority as the API and the database write it.
     *
     * @throws UnusableAccountException where it is none
     */
    static Priority of(String text) {
        for (Priority priority : values()) {
            if (priority.text().equals(text)) {
                return priority;
            }
        }
        throw new UnusableAccountException("priority must be high, medium or low");
    }

    /** Returns the name in the API and in the database. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the priority of the account's jobs: of two that are due, the one with the larger number begins first. */
    public int rank() {
        return rank;
    }

    /** Returns how long after one sync the next one is due, by the interval of this server. */
    public Duration interval(Duration usual) {
        return usual.multipliedBy(intervals);
    }
}
