package dev.steadymail.testkit.smtp;

import org.jspecify.annotations.Nullable;

/**
 * The server's side of one submission connection (RFC 6409, RFC 5321), without any input or output: octets go in, {@link SmtpAction}s come
 * out. It has no thread, no clock and no chance of its own, so that it does the same again in a simulation, and how octets are cut into
 * pieces changes nothing (but {@link SmtpViolation#EARLY_INPUT}). Not thread-safe; several sessions may share settings, mailroom and plan.
 *
 * <pre>{@code
 * SmtpSession session = new SmtpSession(settings, mailroom, plan);
 * session.open(false);
 * for (SmtpAction action = session.next(); action != null; action = session.next()) {
 *     // do it; then hand in what the client sends by session.receive(octets)
 * }
 * }</pre>
 */
public final class SmtpSession {
    private final Conversation talk;

    /** Makes a session for one connection. */
    public SmtpSession(SmtpSettings settings, SmtpMailroom mailroom, SmtpFaultPlan faults) {
        talk = new Conversation(settings, mailroom, faults);
    }

    /**
     * Greets the client. To be called once, before all else.
     *
     * @param encrypted whether the connection is under TLS already
     */
    public void open(boolean encrypted) {
        talk.startEncrypted(encrypted);
        talk.at(SmtpStage.GREETING, 0, () -> talk.reply(220, "", talk.settings().name() + " ESMTP ready"));
    }

    /** Takes octets from the client, as many as there are. Once the session has ended they are forgotten. */
    public void receive(byte[] octets) {
        receive(octets, 0, octets.length);
    }

    /** Takes some octets of an array. */
    public void receive(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && !hasEnded()) {
            at = talk.intake().take(octets, at, to);
        }
    }

    /** Goes on under TLS, as {@link SmtpAction.StartTls} asked for. */
    public void tlsStarted() {
        talk.underTls();
    }

    /** Ends the session of a client that has said nothing for too long, with 421, or without it where a fault silenced the server. */
    public void timedOut() {
        if (!talk.isSilent()) {
            talk.reply(421, "4.4.2", "silent for too long");
        }
        talk.output().end(new SmtpAction.Close());
    }

    /** Returns the next thing to do, which is forgotten here; null if there is none at present. */
    public @Nullable SmtpAction next() {
        return talk.output().next();
    }

    /** Tells whether the last action has been decided, though perhaps not yet taken by {@link #next}. */
    public boolean hasEnded() {
        return talk.output().hasEnded();
    }
}
