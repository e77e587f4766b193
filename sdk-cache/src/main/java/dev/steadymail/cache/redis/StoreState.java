package dev.steadymail.cache.redis;

/**
 * What a process knows of the store, by the store's own times, in microseconds. A store that is behind this has lost something.
 *
 * @param life which life of the store, empty where nothing is known yet: what is in it dies with it
 * @param last when it was changed last, by whomever
 * @param stamp until when this process's own changes count
 */
record StoreState(String life, long last, long stamp) {
    static final StoreState UNKNOWN = new StoreState("", 0, 0);

    boolean isUnknown() {
        return life.isEmpty();
    }

    boolean isSameLifeAs(StoreState other) {
        return life.equals(other.life);
    }

    /** Returns what is known after two answers of one life, whichever came first. */
    StoreState and(StoreState other) {
        return new StoreState(life, Math.max(last, other.last), Math.max(stamp, other.stamp));
    }
}
