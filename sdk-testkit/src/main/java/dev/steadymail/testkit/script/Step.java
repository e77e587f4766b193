package dev.steadymail.testkit.script;

/** One thing that a script makes happen, or waits for. */
interface Step {

    void play(Conversation conversation) throws OffScriptException;
}
