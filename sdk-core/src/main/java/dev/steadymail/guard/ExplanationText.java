package dev.steadymail.guard;

/** Writes an explanation for people. */
final class ExplanationText {
    private ExplanationText() {}

    static String of(Explanation explanation) {
        return "in flight " + explanation.inFlight() + " of " + explanation.maxInFlight() + "\n";
    }
}
