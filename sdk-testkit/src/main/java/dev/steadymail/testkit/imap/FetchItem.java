package dev.steadymail.testkit.imap;

/**
 * One data item of FETCH.
 *
 * @param name name in the response
 * @param marksSeen whether asking for it sets the flag Seen
 */
record FetchItem(String name, boolean marksSeen, Value value) {

    static final FetchItem UID = plain("UID", (message, out) -> out.text(message.uid()));
    static final FetchItem FLAGS = plain("FLAGS", (message, out) -> out.text(FlagNames.list(message.flags())));
    static final FetchItem MODSEQ = plain(
            "MODSEQ", (message, out) -> out.text("(").text(message.modSeq()).text(")"));
    static final FetchItem EMAILID =
            plain("EMAILID", (message, out) -> out.text("(" + message.content().emailId() + ")"));
    static final FetchItem THREADID =
            plain("THREADID", (message, out) -> out.text("(" + message.content().threadId() + ")"));
    static final FetchItem GMAIL_MESSAGE = plain(
            "X-GM-MSGID",
            (message, out) ->
                    out.text(Long.toUnsignedString(message.content().gmail().messageId())));
    static final FetchItem GMAIL_THREAD = plain(
            "X-GM-THRID",
            (message, out) ->
                    out.text(Long.toUnsignedString(message.content().gmail().threadId())));
    static final FetchItem GMAIL_LABELS = plain("X-GM-LABELS", FetchItem::writeLabels);
    static final FetchItem SIZE = plain("RFC822.SIZE", (message, out) -> out.text(message.size()));
    static final FetchItem INTERNALDATE =
            plain("INTERNALDATE", (message, out) -> out.string(ImapDates.print(message.internalDate())));
    static final FetchItem ENVELOPE = plain(
            "ENVELOPE",
            (message, out) -> EnvelopeWriter.write(message.structure().fields(), out));
    static final FetchItem BODYSTRUCTURE =
            plain("BODYSTRUCTURE", (message, out) -> BodyStructureWriter.write(message.structure(), out, true));
    static final FetchItem BODY =
            plain("BODY", (message, out) -> BodyStructureWriter.write(message.structure(), out, false));

    /** Returns whether it is a section of the message, or all of it. */
    boolean isContent() {
        return name.startsWith("BODY[") || (name.startsWith("RFC822") && !name.equals(SIZE.name));
    }

    /** Writes the value of the item for a message. */
    interface Value {
        void write(ServerMessage message, ResponseLine out);
    }

    private static FetchItem plain(String name, Value value) {
        return new FetchItem(name, false, value);
    }

    private static void writeLabels(ServerMessage message, ResponseLine out) {
        out.text("(");
        String between = "";
        for (String label : message.content().gmail().labels()) {
            out.text(between).string(label);
            between = " ";
        }
        out.text(")");
    }

    /** RFC822 and its kin, which are old names of sections. */
    static FetchItem section(String name, String text, boolean marksSeen) {
        BodySection section = BodySection.of(text);
        return new FetchItem(name, marksSeen, (message, out) -> writeSection(section, Partial.ALL, message, out));
    }

    static FetchItem section(BodySection section, Partial partial, boolean marksSeen) {
        String name = "BODY[" + section.label() + "]" + partial.label();
        return new FetchItem(name, marksSeen, (message, out) -> writeSection(section, partial, message, out));
    }

    private static void writeSection(BodySection section, Partial partial, ServerMessage message, ResponseLine out) {
        ByteSlice bytes = section.extract(message.structure());
        if (bytes == null) {
            out.text("NIL");
        } else {
            out.literal(partial.of(bytes));
        }
    }

    /**
     * The range {@code <start.count>} of a section.
     *
     * @param start first octet, or -1 if the whole section is wanted
     */
    record Partial(long start, long count) {
        static final Partial ALL = new Partial(-1, 0);

        String label() {
            return start < 0 ? "" : "<" + start + ">";
        }

        ByteSlice of(ByteSlice section) {
            return start < 0 ? section : section.part(start, start + count);
        }
    }
}
