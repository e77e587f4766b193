package dev.steadymail.cache.shared;

/**
 * Names a value of one account that may change.
 *
 * @param group what makes it too old
 * @param name unique in its group; may hold what nobody else is to read
 */
public record SharedName(Group group, String name) {
    /** What makes values too old. */
    public enum Group {
        /** The state of one email: {@link SharedLevel#touch} with its name. */
        STATE,
        /** What any change may touch: any {@link SharedLevel#touch}. */
        LIST
    }

    /** Names the state of an email. */
    public static SharedName state(String name) {
        return new SharedName(Group.STATE, name);
    }

    /** Names a list. */
    public static SharedName list(String name) {
        return new SharedName(Group.LIST, name);
    }

    @Override
    public String toString() {
        return "SharedName[" + group + "]";
    }
}
