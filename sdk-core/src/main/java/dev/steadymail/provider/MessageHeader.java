package dev.steadymail.provider;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RawContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header of a message that is to be written, as far as its first 64 KiB go: what a provider has to know of it, such as its
 * Message-ID. Immutable; a character for each octet.
 */
public final class MessageHeader {
    private static final int MOST_OCTETS = 1 << 16;
    private static final Pattern END = Pattern.compile("\r?\n\r?\n");
    private static final Pattern FOLD = Pattern.compile("\r?\n(?=[ \t])");
    private static final Pattern LINE = Pattern.compile("\r?\n");

    private final String[] fields;

    private MessageHeader(String[] fields) {
        this.fields = fields;
    }

    /**
     * Reads the header of a message.
     *
     * @throws MailException of kind STORAGE where the content cannot be read
     */
    public static MessageHeader of(RawContent content) {
        try (InputStream octets = content.open()) {
            String start = new String(octets.readNBytes(MOST_OCTETS), StandardCharsets.ISO_8859_1);
            String header = END.split(start, 2)[0];
            return new MessageHeader(LINE.split(FOLD.matcher(header).replaceAll("")));
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    /** Returns the failure of content that cannot be read. */
    public static MailException unreadable(IOException failure) {
        return MailException.builder(
                        Kind.STORAGE, "the message's content cannot be read; check where its octets come from")
                .mayHaveTakenEffect(false)
                .cause(failure)
                .build();
    }

    /** Returns the unfolded text of the first field of a name, whatever its case; empty where there is none. */
    public Optional<String> first(String name) {
        String start = name.toLowerCase(Locale.ROOT);
        for (String field : fields) {
            int colon = field.indexOf(':');
            if (colon > 0
                    && field.substring(0, colon)
                            .stripTrailing()
                            .toLowerCase(Locale.ROOT)
                            .equals(start)) {
                return Optional.of(field.substring(colon + 1).strip());
            }
        }
        return Optional.empty();
    }

    /** Headers are content. */
    @Override
    public String toString() {
        return "MessageHeader[hidden]";
    }
}
