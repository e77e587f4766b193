package dev.steadymail.cache.shared;

import java.util.Collection;

/** Hears what other processes touched. Called on a thread of the level: it must not block. */
public interface TouchListener {
    /** These states and all lists may have changed. */
    void touched(Collection<String> states);

    /** Anything may have changed. */
    void touchedAll();

    /** Something that was said may have been lost. */
    void missed();

    /** The account is to be forgotten: nothing that was read of it before may be kept. */
    void forgotten();
}
