package dev.steadymail.testkit.imap;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes ENVELOPE (RFC 3501 section 7.4.2) from raw header values. */
final class EnvelopeWriter {

    private EnvelopeWriter() {}

    static void write(HeaderFields fields, ResponseLine out) {
        out.text("(").nstring(fields.first("Date"));
        out.text(" ").nstring(fields.first("Subject"));
        addresses(fields, "From", "From", out);
        addresses(fields, "Sender", "From", out);
        addresses(fields, "Reply-To", "From", out);
        addresses(fields, "To", null, out);
        addresses(fields, "Cc", null, out);
        addresses(fields, "Bcc", null, out);
        out.text(" ").nstring(fields.first("In-Reply-To"));
        out.text(" ").nstring(fields.first("Message-ID")).text(")");
    }

    /** Sender and Reply-To take the value of From when they are missing or empty. */
    private static void addresses(HeaderFields fields, String name, @Nullable String fallback, ResponseLine out) {
        List<AddressList.Address> found = read(fields, name);
        if (found.isEmpty() && fallback != null) {
            found = read(fields, fallback);
        }
        out.text(" ");
        if (found.isEmpty()) {
            out.text("NIL");
            return;
        }
        out.text("(");
        found.forEach(address -> write(address, out));
        out.text(")");
    }

    private static List<AddressList.Address> read(HeaderFields fields, String name) {
        Stream<String> values = fields.all(name).stream();
        return values.flatMap(value -> AddressList.read(value).stream()).toList();
    }

    private static void write(AddressList.Address address, ResponseLine out) {
        out.text("(").nstring(address.name()).text(" NIL ");
        out.nstring(address.mailbox()).text(" ").nstring(address.host()).text(")");
    }
}
