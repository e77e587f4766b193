package dev.steadymail.cache.shared;

/**
 * Names a value of one account that never changes.
 *
 * @param owner what it goes with: {@link SharedLevel#remove} takes all of one owner
 * @param part which of the owner's; empty for the first
 */
public record LastingName(String owner, String part) {
    @Override
    public String toString() {
        return "LastingName[hidden]";
    }
}
