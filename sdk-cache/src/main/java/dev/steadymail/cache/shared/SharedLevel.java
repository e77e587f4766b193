package dev.steadymail.cache.shared;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Keeps values for several processes. It may lose all of them at any time, be away, or answer late: no method fails for that, each says
 * instead that it has nothing or did nothing, within {@link #patience}. Thread-safe.
 *
 * <p>Each account has a line of touches. A reading takes a position in it before it asks the provider, and what it brings is kept only
 * where no touch of the same came after that; so nothing is kept that was read before a change which the level heard of. Positions grow,
 * also across restarts of the level and where it loses its memory, as far as its clock is not set back meanwhile; who remembers a higher one
 * says so ({@code floor}), and the line goes on from there.
 */
public interface SharedLevel {
    /** Returns how long a method may take. */
    Duration patience();

    /** Returns what is there. */
    Found find(String account, Wanted wanted);

    /**
     * Begins a reading, and claims what is to be read, so that no other process reads it at the same time. Claims end with
     * {@link #keep}, or by themselves.
     *
     * @param floor no position below this is given out
     * @param claims names of what is to be read
     * @param urgency of the caller, 0 for the highest: what is claimed with less urgency is granted once more
     * @param wanted what is looked up after the claim
     * @return nothing where the level is away: the reading goes on without it
     */
    Optional<Begun> begin(
            String account, long floor, Set<String> claims, int urgency, Duration claimFor, Wanted wanted);

    /**
     * Keeps what a reading brought, as far as nothing touched it meanwhile, and gives its claims back. Does not wait.
     *
     * @param tenant whose accounts share a bound of weight, and of whom this account is one; empty for none
     */
    void keep(String account, String tenant, Begun begun, Values values);

    /**
     * Says that these states and all lists have changed: what was read before now is kept no more, and other processes hear of it.
     *
     * @param states names of states
     * @param floor the line goes on above this
     * @return the position of this touch; nothing where it may not have been heard
     */
    OptionalLong touch(String account, long floor, Collection<String> states);

    /** Says that anything may have changed; else as {@link #touch}. */
    OptionalLong touchAll(String account, long floor);

    /**
     * Says that these emails are gone: as {@link #touch}, and what never changes of them is removed, and kept no more by readings that
     * began before.
     *
     * @param owners names of emails
     */
    OptionalLong remove(String account, long floor, Collection<String> owners);

    /**
     * Removes everything of an account, and tells others to. What may change counts as touched.
     *
     * @return the position of that; nothing where it may not all have been removed
     */
    OptionalLong forget(String account, long floor);

    /** Hears of an account what other processes touch, until closed. Where the level is away, hearing begins when it is back. */
    Following follow(String account, TouchListener listener);

    /** Ends when closed. */
    interface Following extends AutoCloseable {
        @Override
        void close();
    }
}
