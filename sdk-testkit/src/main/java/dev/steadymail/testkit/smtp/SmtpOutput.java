package dev.steadymail.testkit.smtp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The actions that a session wants and that nobody has taken yet. Behind the end of the connection nothing is added. */
final class SmtpOutput {
    private final Deque<SmtpAction> actions = new ArrayDeque<>();
    private final boolean enhancedCodes;
    private boolean octetByOctet;
    private boolean ended;

    SmtpOutput(boolean enhancedCodes) {
        this.enhancedCodes = enhancedCodes;
    }

    void reply(SmtpReply reply) {
        send(reply.octets(enhancedCodes));
    }

    void send(String octets) {
        if (octetByOctet) {
            octets.chars().forEach(octet -> add(new SmtpAction.Send(Character.toString(octet))));
        } else {
            add(new SmtpAction.Send(octets));
        }
    }

    /** Answers in pieces of one octet from now on, or no longer. */
    void octetByOctet(boolean slow) {
        octetByOctet = slow;
    }

    void repeat(String octets, long times) {
        add(new SmtpAction.Repeat(octets, times));
    }

    void pause(Duration length) {
        add(new SmtpAction.Pause(length));
    }

    void startTls() {
        add(new SmtpAction.StartTls());
    }

    /** Adds a last action. */
    void end(SmtpAction last) {
        add(last);
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    @Nullable
    SmtpAction next() {
        return actions.poll();
    }

    private void add(SmtpAction action) {
        if (!ended) {
            actions.add(action);
        }
    }
}
