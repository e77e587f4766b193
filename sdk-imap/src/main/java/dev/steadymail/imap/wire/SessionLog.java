package dev.steadymail.imap.wire;

import dev.steadymail.event.ConnectionLog;
import dev.steadymail.imap.codec.ResponseTap;
import dev.steadymail.imap.command.Command;
import dev.steadymail.imap.redact.ResponseRedactor;
import java.io.IOException;
import java.util.function.IntPredicate;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** What is written down of a connection, above TLS and compression. Makes nothing while the log is off. Confined to the I/O thread. */
final class SessionLog implements ResponseTap {
    private final @Nullable ConnectionLog log;
    /** Whether the server's challenges are those of a login. */
    private boolean loggingIn;

    /** Makes one that writes into {@code log}, or nowhere where it is null. */
    SessionLog(@Nullable ConnectionLog log) {
        this.log = log;
    }

    @Override
    public boolean isOn() {
        return log != null && log.isOn();
    }

    @Override
    public void heard(byte[] octets, int length, IntPredicate streamed) {
        if (log != null) {
            log.received(line(octets, length, streamed));
        }
    }

    /** A log that fails must not end the connection. */
    private String line(byte[] octets, int length, IntPredicate streamed) {
        try {
            return ResponseRedactor.line(octets, length, streamed, loggingIn);
        } catch (RuntimeException fault) {
            return "<" + length + ">";
        }
    }

    void sent(String tag, Command command) {
        loggingIn = command.name().equals("AUTHENTICATE");
        if (log != null && log.isOn()) {
            log.sent(command.redacted(tag));
        }
    }

    void done() {
        if (log != null && log.isOn()) {
            log.sent("DONE");
        }
    }

    /** A step of a login was answered. */
    void answered() {
        if (log != null && log.isOn()) {
            log.sent("<secret>");
        }
    }

    void connected() {
        note("connected");
    }

    /** TLS is on; the protocol is one of those that the engine was given. */
    void secured(@Nullable SSLEngine engine) {
        if (log != null && log.isOn()) {
            log.note(engine == null ? "TLS is on" : engine.getSession().getProtocol() + " is on");
        }
    }

    /** Messages of failures name hosts. */
    void ended(IOException cause) {
        if (log != null && log.isOn()) {
            log.note("ended: " + cause.getClass().getSimpleName());
        }
    }

    private void note(String what) {
        if (log != null && log.isOn()) {
            log.note(what);
        }
    }
}
