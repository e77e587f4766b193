package dev.steadymail.imap.wire;

import dev.steadymail.imap.command.CommandEncoder.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A command that was begun and has not ended. Confined to the session's I/O thread. */
final class Running {
    final String tag;
    final CommandListener listener;
    final Deque<Step> steps;
    /** How long the server may say nothing; 0 where it may do so for ever. */
    long silenceNanos;

    /** How many octets of content there is room for. */
    long room;

    boolean awaitsConsent;
    boolean streams;
    boolean idles;

    Running(String tag, CommandListener listener, List<Step> steps, long silenceNanos, long room) {
        this.tag = tag;
        this.listener = listener;
        this.steps = new ArrayDeque<>(steps);
        this.silenceNanos = silenceNanos;
        this.room = room;
    }

    /** Answers whether all of it was sent. */
    boolean isSent() {
        return steps.isEmpty() && !streams;
    }
}
