package dev.steadymail.mail;

/**
 * The provider's id of a thread: opaque, compared by value.
 *
 * @param value the provider's own text, never blank, at most 2,048 characters
 */
public record ThreadId(String value) {
    public ThreadId {
        Ids.check("ThreadId", value);
    }
}
