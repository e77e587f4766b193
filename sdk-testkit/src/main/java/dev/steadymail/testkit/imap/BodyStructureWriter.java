package dev.steadymail.testkit.imap;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes BODYSTRUCTURE, or BODY when the extension data is left out (RFC 3501 section 7.4.2). */
final class BodyStructureWriter {

    private final ResponseLine out;
    private final boolean extended;

    private BodyStructureWriter(ResponseLine out, boolean extended) {
        this.out = out;
        this.extended = extended;
    }

    static void write(MimePart part, ResponseLine out, boolean extended) {
        new BodyStructureWriter(out, extended).part(part);
    }

    private void part(MimePart part) {
        out.text("(");
        if (part.isMultipart()) {
            multipart(part);
        } else {
            single(part);
        }
        out.text(")");
    }

    private void multipart(MimePart part) {
        part.children().forEach(this::part);
        out.text(" ").string(part.type().subtype());
        if (extended) {
            out.text(" ");
            parameters(part.type().parameters());
            extension(part);
        }
    }

    private void single(MimePart part) {
        ContentType type = part.type();
        out.string(type.type()).text(" ").string(type.subtype()).text(" ");
        parameters(type.parameters());
        out.text(" ").nstring(part.fields().first("Content-ID"));
        out.text(" ").nstring(part.fields().first("Content-Description"));
        out.text(" ").string(encoding(part)).text(" ").text(part.body().length());
        MimePart embedded = part.embedded();
        if (embedded != null) {
            out.text(" ");
            EnvelopeWriter.write(embedded.fields(), out);
            out.text(" ");
            part(embedded);
        }
        if (embedded != null || type.is("text")) {
            out.text(" ").text(part.body().lineCount());
        }
        if (extended) {
            out.text(" ").nstring(part.fields().first("Content-MD5"));
            extension(part);
        }
    }

    private static String encoding(MimePart part) {
        String encoding = part.fields().first("Content-Transfer-Encoding");
        return encoding == null || encoding.isEmpty() ? "7bit" : encoding;
    }

    /** Disposition, language and location. */
    private void extension(MimePart part) {
        String disposition = part.fields().first("Content-Disposition");
        out.text(" ");
        disposition(disposition == null ? null : ContentType.readDisposition(disposition));
        out.text(" ").nstring(part.fields().first("Content-Language"));
        out.text(" ").nstring(part.fields().first("Content-Location"));
    }

    private void disposition(@Nullable ContentType disposition) {
        if (disposition == null) {
            out.text("NIL");
            return;
        }
        out.text("(").string(disposition.type()).text(" ");
        parameters(disposition.parameters());
        out.text(")");
    }

    private void parameters(Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            out.text("NIL");
            return;
        }
        String separator = "(";
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            out.text(separator).string(parameter.getKey()).text(" ").string(parameter.getValue());
            separator = " ";
        }
        out.text(")");
    }
}
