package dev.steadymail.testkit.simulation;

/** A place where something can go wrong, with a stream of chance of its own. Belongs to one thread. */
final class FaultPoint {
    private final Choices choices;
    private long happened;

    FaultPoint(Choices choices) {
        this.choices = choices;
    }

    /** Draws whatever the probability is, so that another probability leaves the later draws as they were. */
    boolean happens(double probability) {
        boolean happens = choices.nextDouble() < probability;
        if (happens) {
            happened++;
        }
        return happens;
    }

    long happened() {
        return happened;
    }
}
