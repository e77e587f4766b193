package dev.steadymail.provider;

import java.util.List;
import java.util.OptionalLong;

/**
 * One page of changes and the cursor that is true once they are applied.
 *
 * @param changes in the order to apply them
 * @param next replaces the cursor asked with
 * @param last whether the caller is up to date once this page is applied
 * @param mode how the provider found the changes
 * @param expected emails in all that this run expects to look at, where it can be told
 */
public record ChangePage(List<Change> changes, SyncCursor next, boolean last, Mode mode, OptionalLong expected) {
    public ChangePage {
        changes = List.copyOf(changes);
    }

    /** How changes were found. */
    public enum Mode {
        /** Everything was listed, since nothing was known. */
        FULL,
        /** Only what is new since the cursor was asked for. */
        INCREMENTAL,
        /** The cursor was no longer good, and the difference was found by comparing. */
        RECOVERED
    }
}
