package dev.steadymail.testkit.script;

/** The client must send a line. */
record ExpectLine(LinePattern pattern) implements Step {

    @Override
    public void play(Conversation conversation) throws OffScriptException {
        String line = conversation.wire().in().readLine();
        if (line == null) {
            throw new OffScriptException("the end of the connection");
        }
        String shown = conversation.transcript().client(line);
        if (!pattern.matches(line, conversation.memory())) {
            conversation.transcript().dropLast();
            throw new OffScriptException("C: " + shown);
        }
    }
}
