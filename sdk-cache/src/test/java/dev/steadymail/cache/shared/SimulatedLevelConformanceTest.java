package dev.steadymail.cache.shared;

/** What stands in for Redis in simulations does what Redis does. */
class SimulatedLevelConformanceTest extends SharedLevelConformance {
    private final SimulatedLevel level = new SimulatedLevel(System::nanoTime);

    @Override
    protected SharedLevel open() {
        return level.open();
    }

    @Override
    protected void settle() {}
}
