package dev.steadymail.thread;

import java.util.List;

/**
 * Emails that belong together, each after the one it answers, those that answer the same one oldest first.
 *
 * @param emails at least one
 */
public record ComputedThread(List<Member> emails) {
    public ComputedThread {
        emails = List.copyOf(emails);
    }

    /**
     * An email in a thread.
     *
     * @param id the store's own id
     * @param depth how many emails of the thread stand above it; 0 for the first, and for others whose common ancestor is missing
     */
    public record Member(String id, int depth) {}
}
