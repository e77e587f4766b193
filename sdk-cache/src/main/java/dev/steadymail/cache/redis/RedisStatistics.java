package dev.steadymail.cache.redis;

/**
 * What happened between this process and Redis since it was opened.
 *
 * @param late questions without an answer within the patience
 * @param failed questions that were refused, or whose connection broke
 * @param skipped questions that were not sent, as Redis rested or too much was on its way
 * @param damaged values that could not be opened: sealed with another key, or changed
 * @param octetsRead of values as stored
 * @param octetsWritten of values as stored
 * @param touchesHeard of other processes
 * @param resting whether Redis is left alone just now
 */
public record RedisStatistics(
        long late,
        long failed,
        long skipped,
        long damaged,
        long octetsRead,
        long octetsWritten,
        long touchesHeard,
        boolean resting) {}
