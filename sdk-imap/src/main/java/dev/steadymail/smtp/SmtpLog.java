package dev.steadymail.smtp;

import dev.steadymail.event.ConnectionLog;
import dev.steadymail.imap.redact.SmtpCommandWords;
import dev.steadymail.imap.redact.SmtpReplyWords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What is written down of a connection, above TLS. Makes nothing while the log is off. Used by the thread that uses the connection. */
final class SmtpLog {
    private static final int EHLO_DONE = 250;

    private final ConnectionLog log;
    /** Whether the next reply tells what the server can do. */
    private boolean hello;

    SmtpLog(ConnectionLog log) {
        this.log = log;
    }

    void connected(boolean secured) {
        if (log.isOn()) {
            log.note(secured ? "connected, TLS is on" : "connected");
        }
    }

    void secured() {
        if (log.isOn()) {
            log.note("TLS is on");
        }
    }

    /** Messages of failures name hosts. */
    void ended(IOException cause) {
        if (log.isOn()) {
            log.note("ended: " + cause.getClass().getSimpleName());
        }
    }

    void leaving() {
        if (log.isOn()) {
            log.sent("QUIT");
        }
    }

    void sent(Step.Write write) {
        if (!log.isOn()) {
            return;
        }
        switch (write.sort()) {
            case COMMANDS -> commands(write.octets().duplicate());
            case SECRET -> log.sent("<secret>");
            case CONTENT -> log.sent("{" + write.octets().remaining() + "}");
        }
    }

    /** The last octets of a message leave by themselves. */
    void committing(int octets) {
        if (log.isOn()) {
            log.sent("{" + octets + "} end of the message");
        }
    }

    private void commands(ByteBuffer octets) {
        for (String command :
                StandardCharsets.ISO_8859_1.decode(octets).toString().split("\r\n")) {
            hello = command.startsWith("EHLO");
            log.sent(SmtpCommandWords.line(command));
        }
    }

    void received(Reply reply) {
        if (!log.isOn()) {
            return;
        }
        boolean first = true;
        for (String line : reply.lines()) {
            log.received(SmtpReplyWords.line(reply.code(), line, hello && !first && reply.code() == EHLO_DONE));
            first = false;
        }
        hello = false;
    }
}
