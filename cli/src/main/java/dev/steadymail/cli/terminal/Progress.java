package dev.steadymail.cli.terminal;

/** Shows how far a run is. Thread-safe; closing it leaves the last state on the screen. */
public interface Progress extends AutoCloseable {
    /**
     * Shows how far the run is.
     *
     * @param done emails looked at
     * @param expected emails to look at in all, -1 where not known
     */
    void update(long done, long expected);

    /** Says something worth a line of its own, such as why the run waits. */
    void say(String message);

    @Override
    void close();
}
