package dev.steadymail.testkit.script;

/** The client must end the connection, in order or not. */
record ExpectEnd() implements Step {

    @Override
    public void play(Conversation conversation) throws OffScriptException {
        String line = conversation.wire().in().readLine();
        if (line != null) {
            String shown = conversation.transcript().client(line);
            conversation.transcript().dropLast();
            throw new OffScriptException("C: " + shown);
        }
    }
}
