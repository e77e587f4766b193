package dev.steadymail.imap.wire;

import dev.steadymail.imap.command.Command;
import dev.steadymail.imap.command.CommandEncoder.Step;
import java.util.List;

/** A command that was begun and has not ended. Confined to the session's I/O thread. */
final class Running {
    final String tag;
    final CommandListener listener;
    private List<Step> steps;
    private int next;
    /** How long the server may say nothing; 0 where it may do so for ever. */
    long silenceNanos;

    /** How many octets of content there is room for: in all, or in each answer. */
    private long room;

    private final long roomOfEach;

    boolean awaitsConsent;
    boolean streams;
    boolean idles;

    Running(String tag, CommandListener listener, List<Step> steps, long silenceNanos, Command command) {
        this.tag = tag;
        this.listener = listener;
        this.steps = steps;
        this.silenceNanos = silenceNanos;
        this.room = command.room();
        this.roomOfEach = command.isRoomForEach() ? command.room() : -1;
    }

    /** Takes room for content; answers whether there is as much. */
    boolean takeRoom(long octets) {
        if (octets > room) {
            return false;
        }
        room -= octets;
        return true;
    }

    /** An answer is complete. */
    void answered() {
        if (roomOfEach >= 0) {
            room = roomOfEach;
        }
    }

    /** Returns the next step; the last one lets go of what was to be sent. */
    Step takeStep() {
        Step taken = steps.get(next++);
        if (next == steps.size()) {
            steps = List.of();
            next = 0;
        }
        return taken;
    }

    /** Answers whether all of it was sent. */
    boolean isSent() {
        return steps.isEmpty() && !streams;
    }
}
