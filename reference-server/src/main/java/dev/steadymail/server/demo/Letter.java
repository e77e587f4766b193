package dev.steadymail.server.demo;

import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One email as somebody meant it.
 *
 * @param id names it within the demo, ASCII
 * @param thread ids of the letters it answers, the first of the thread first; empty for the first
 * @param wording what is written, and how it goes on the wire
 * @param ago how long before the first start it was sent
 * @param zone of its author's clock
 * @param flags IMAP flags and keywords
 * @param attachments sources of files, see {@link Attachment#of}
 */
record Letter(
        String id,
        List<String> thread,
        String mailbox,
        Person from,
        List<Person> to,
        List<Person> cc,
        Wording wording,
        Duration ago,
        ZoneOffset zone,
        Set<String> flags,
        List<String> attachments) {

    /** Whether a text goes as it is, as HTML, or as both. */
    enum Form {
        PLAIN,
        HTML,
        BOTH
    }

    /**
     * What is written.
     *
     * @param text lines parted by LF; {@code # } begins a heading and {@code * } an item where it becomes HTML
     * @param encoding a Content-Transfer-Encoding: 7bit, 8bit, quoted-printable or base64
     */
    record Wording(String subject, String text, Form form, Charset charset, String encoding) {
        @Override
        public String toString() {
            return "Wording[hidden]";
        }
    }

    Letter {
        thread = List.copyOf(thread);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        flags = Set.copyOf(flags);
        attachments = List.copyOf(attachments);
    }

    /** Returns this letter with one flag more. */
    Letter flagged(String flag) {
        Set<String> more = new TreeSet<>(flags);
        more.add(flag);
        return new Letter(id, thread, mailbox, from, to, cc, wording, ago, zone, more, attachments);
    }

    OffsetDateTime sentAt(Instant firstStart) {
        return firstStart.minus(ago).atOffset(zone);
    }

    @Override
    public String toString() {
        return "Letter[" + id + "]";
    }
}
