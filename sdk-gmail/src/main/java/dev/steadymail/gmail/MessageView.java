package dev.steadymail.gmail;

import dev.steadymail.gmail.ApiCall.Size;
import dev.steadymail.mail.FetchLevel;
import java.util.List;

/**
 * How much of a message to ask for.
 *
 * @param format Gmail's {@code format}
 * @param fields Gmail's {@code fields}
 * @param headers header fields wanted, empty for all that the format brings
 */
record MessageView(String format, String fields, List<String> headers) {
    private static final String STATE_FIELDS = "id,threadId,labelIds,internalDate,sizeEstimate";
    private static final List<String> ENVELOPE = List.of(
            "From",
            "Sender",
            "Reply-To",
            "To",
            "Cc",
            "Bcc",
            "Subject",
            "Date",
            "Message-ID",
            "In-Reply-To",
            "References");

    static final MessageView STATE = new MessageView("minimal", STATE_FIELDS, List.of());
    static final MessageView METADATA = new MessageView("metadata", STATE_FIELDS + ",payload(headers)", ENVELOPE);
    static final MessageView STRUCTURE =
            new MessageView("full", STATE_FIELDS + ",payload(" + partFields(8) + ")", List.of());
    /** The structure of what is nested too deeply: its outermost part alone. */
    static final MessageView OUTERMOST =
            new MessageView("metadata", STATE_FIELDS + ",payload(partId,mimeType,headers)", ENVELOPE);
    /** With the content of small parts. */
    static final MessageView CONTENT = new MessageView("full", "payload", List.of());

    static final MessageView RAW = new MessageView("raw", "id,threadId,labelIds,internalDate,raw", List.of());

    static MessageView of(FetchLevel level) {
        return switch (level) {
            case STATE -> STATE;
            case METADATA -> METADATA;
            case STRUCTURE -> STRUCTURE;
        };
    }

    Size size() {
        return format.equals("raw") || fields.equals("payload") ? Size.DOWNLOAD : Size.SMALL;
    }

    /** Leaves out the content of text parts, which "full" brings along, down to some depth of nesting. */
    private static String partFields(int depth) {
        String own = "partId,mimeType,filename,headers,body(attachmentId,size),parts";
        return depth == 0 ? own : own + "(" + partFields(depth - 1) + ")";
    }
}
