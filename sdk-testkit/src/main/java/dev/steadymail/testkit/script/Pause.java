package dev.steadymail.testkit.script;

/** The server does nothing until the test says go on. */
record Pause(String name) implements Step {

    @Override
    public void play(Conversation conversation) throws OffScriptException {
        conversation.pause(name);
    }
}
