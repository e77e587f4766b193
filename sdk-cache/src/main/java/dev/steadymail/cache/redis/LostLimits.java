package dev.steadymail.cache.redis;

/** What a store of shared limits no longer had, although it must have had it. */
public enum LostLimits {
    /**
     * The store as a whole: emptied, restarted, replaced by a replica that was behind, or its index was evicted. No quota has room
     * until one window has passed since; this process said again which circuits it knows to be open.
     */
    STORE,
    /** One quota, evicted alone. It counts as full until its last charge leaves its window. */
    QUOTA
}
