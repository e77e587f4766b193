package dev.steadymail.benchmarks.imap;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.Keyword;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one reader says of a message, in the SDK's words whoever read it, so that two of them can be held against each other.
 *
 * @param uid of the message in its mailbox
 * @param size octets of the raw message (RFC822.SIZE)
 * @param receivedAt INTERNALDATE
 */
record ComparedMessage(
        long uid, long size, @Nullable Instant receivedAt, Set<Keyword> keywords, Envelope envelope, BodyPart body) {

    /**
     * Returns every field's value by its name. Lists have their length as a field, trees their shape; the values of a list or a tree
     * have the length or shape in their names, so that those of unequal ones are not compared place by place.
     */
    Map<String, @Nullable String> fields() {
        Map<String, @Nullable String> fields = new LinkedHashMap<>();
        fields.put("size", Long.toString(size));
        fields.put("received", text(receivedAt));
        fields.put("keywords", keywords.stream().sorted().map(Keyword::value).collect(Collectors.joining(" ")));
        fields.put("subject", envelope.subject());
        fields.put("date", text(envelope.sentAt()));
        fields.put("message id", envelope.messageId());
        fields.put("in reply to", envelope.inReplyTo());
        addAddresses(fields, "from", envelope.from());
        addAddresses(fields, "sender", envelope.sender());
        addAddresses(fields, "reply to", envelope.replyTo());
        addAddresses(fields, "to", envelope.to());
        addAddresses(fields, "cc", envelope.cc());
        addAddresses(fields, "bcc", envelope.bcc());
        String shape = shape(body);
        fields.put("structure: shape", shape);
        addParts(fields, body, shape + "@");
        return fields;
    }

    private static void addAddresses(Map<String, @Nullable String> fields, String field, List<EmailAddress> addresses) {
        fields.put(field + ": count", Integer.toString(addresses.size()));
        for (int i = 0; i < addresses.size(); i++) {
            String place = "#" + i + "/" + addresses.size();
            fields.put(field + ": name" + place, addresses.get(i).name());
            fields.put(field + ": address" + place, addresses.get(i).address());
        }
    }

    private static void addParts(Map<String, @Nullable String> fields, BodyPart part, String place) {
        fields.put("part: number#" + place, part.partId());
        fields.put("part: type#" + place, part.type());
        fields.put("part: charset#" + place, part.charset());
        fields.put("part: disposition#" + place, part.disposition());
        fields.put("part: file name#" + place, part.fileName());
        fields.put("part: content id#" + place, part.contentId());
        fields.put("part: size#" + place, Long.toString(part.size()));
        for (int i = 0; i < part.parts().size(); i++) {
            addParts(fields, part.parts().get(i), place + "." + i);
        }
    }

    private static String shape(BodyPart part) {
        return part.parts().stream().map(ComparedMessage::shape).collect(Collectors.joining("", "(", ")"));
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /** Hides the message. */
    @Override
    public String toString() {
        return "ComparedMessage[" + uid + "]";
    }
}
