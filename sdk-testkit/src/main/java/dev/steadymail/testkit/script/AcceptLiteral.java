package dev.steadymail.testkit.script;

import org.jspecify.annotations.Nullable;

/**
 * The client sends the literal that it has announced, when told to go on if it waits for that.
 *
 * @param content what it must be, one octet a character; null for anything, which is not kept
 */
record AcceptLiteral(@Nullable String content) implements Step {

    @Override
    public void play(Conversation conversation) throws OffScriptException {
        Remembered memory = conversation.memory();
        if (memory.literalWaits()) {
            conversation.transcript().server("S: + go ahead");
            conversation.wire().out().write("+ go ahead\r\n");
            conversation.wire().out().flush();
        }
        if (content == null) {
            conversation.wire().in().skip(memory.literalSize());
        } else {
            compare(content, conversation);
        }
        conversation.transcript().octets(memory.literalSize());
    }

    private static void compare(String content, Conversation conversation) throws OffScriptException {
        String sent = conversation.wire().in().read(content.length());
        if (!sent.equals(content)) {
            throw new OffScriptException(
                    "a literal of other content: " + conversation.transcript().literal(sent));
        }
    }
}
