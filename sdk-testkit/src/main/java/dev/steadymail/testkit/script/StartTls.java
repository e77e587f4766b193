package dev.steadymail.testkit.script;

/** From here on, the connection is encrypted. */
record StartTls() implements Step {

    @Override
    public void play(Conversation conversation) throws OffScriptException {
        conversation.startTls();
    }
}
