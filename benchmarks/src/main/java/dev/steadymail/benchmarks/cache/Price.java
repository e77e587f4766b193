package dev.steadymail.benchmarks.cache;

/** Units of the Gmail API's methods, by its table of 2026. */
final class Price {
    static final int LIST = 5;
    static final int GET = 20;
    static final int LABELS = 1;
    static final int HISTORY = 2;

    private Price() {}
}
