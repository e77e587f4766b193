package dev.steadymail.mime;

import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mime.header.AddressList;
import dev.steadymail.mime.header.HeaderText;
import dev.steadymail.mime.header.MailDate;
import dev.steadymail.mime.header.ParameterList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Header fields of one part, by name without regard to case; of several fields of one name the first counts, except where all are
 * asked for. Values are what strangers wrote. Immutable.
 */
public final class MimeHeaders {
    private static final int MAX_IDS = 1_000;

    private final List<Field> fields;

    MimeHeaders(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    record Field(String name, String value) {}

    /** Returns the names of all fields, as written and in order. */
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** Returns a field's value as it stands, with line ends and encoded words; null where there is none. */
    public @Nullable String raw(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    /** Returns the values of all fields of a name, as {@link #raw} does. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** Returns a field's decoded text, empty where there is none. */
    public String text(String name) {
        String value = raw(name);
        return value == null ? "" : HeaderText.decode(value);
    }

    /** Returns the addresses of all fields of a name. */
    public List<EmailAddress> addresses(String name) {
        return all(name).stream()
                .flatMap(value -> AddressList.parse(value).stream())
                .toList();
    }

    /** Returns the instant that a field states, or null. */
    public @Nullable Instant date(String name) {
        String value = raw(name);
        return value == null ? null : MailDate.parse(value);
    }

    /** Returns a field with parameters, without any where there is none. */
    public ParameterList parameters(String name) {
        String value = raw(name);
        return ParameterList.parse(value == null ? "" : value);
    }

    /** Returns message ids of a field (RFC 5322 section 3.6.4) without their angle brackets, 1,000 at most. */
    public List<String> ids(String name) {
        String value = raw(name);
        List<String> ids = new ArrayList<>();
        int at = 0;
        while (value != null && ids.size() < MAX_IDS) {
            int from = value.indexOf('<', at);
            int to = from < 0 ? -1 : value.indexOf('>', from);
            if (to < 0) {
                break;
            }
            ids.add(value.substring(from + 1, to).strip());
            at = to + 1;
        }
        return ids;
    }

    @Override
    public String toString() {
        return "MimeHeaders[" + fields.size() + "]";
    }
}
