package dev.steadymail.content;

import dev.steadymail.provider.Call;
import java.util.function.Function;

/** How calls to the provider are made for content. Thread-safe. */
interface Reading {
    long SLOWEST_BYTES_PER_SECOND = 10_000;

    /**
     * Makes a call that may be repeated.
     *
     * @param operation what for, without content
     * @param octets how many are expected, which decides how long it may take
     */
    <T> T call(String operation, long octets, Function<Call, T> work);
}
