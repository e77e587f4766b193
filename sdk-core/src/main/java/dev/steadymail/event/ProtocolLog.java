package dev.steadymail.event;

import dev.steadymail.mail.Protocol;
import dev.steadymail.time.TimeSource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one client and its servers said to each other last, without content: words of the protocol and its numbers stay, all else is a
 * length, and of what proves who the owner is not even that. Off until {@link #start()}, and then without memory of its own; on it
 * keeps the last 10,000 lines. Thread-safe.
 *
 * <pre>{@code
 * mail.protocolLog().start();
 * ...
 * mail.protocolLog().lines().forEach(System.out::println);
 * mail.protocolLog().stop();
 * }</pre>
 */
public final class ProtocolLog {
    /** The most lines that are kept; then the oldest goes for each new one. */
    public static final int MOST_LINES = 10_000;

    /** The most characters of a line's text. */
    public static final int LONGEST_LINE = 200;

    private final TimeSource time;
    /** Guarded by this object; no object of its own, since every open account has a log. */
    private int connections;

    /** Null while the log is off. */
    private volatile @Nullable LineRing ring;

    /** Makes a log that is off. */
    public ProtocolLog(TimeSource time) {
        this.time = time;
    }

    /** Who said it. */
    public enum Direction {
        /** The client. */
        SENT,
        /** The server. */
        RECEIVED,
        /** Nobody: it happened to the connection. */
        NOTE
    }

    /**
     * A line of the log.
     *
     * @param at when it was said
     * @param direction who said it
     * @param protocol of the connection
     * @param connection counted from 1 for each client; for HTTP the request, since its connections are shared
     * @param text without content, at most 200 characters
     */
    public record Line(Instant at, Direction direction, Protocol protocol, int connection, String text) {
        /** Returns the line as a log shows it: {@code 2026-12-01T08:00:00Z IMAP 1 > A1 NOOP}. */
        @Override
        public String toString() {
            String arrow =
                    switch (direction) {
                        case SENT -> ">";
                        case RECEIVED -> "<";
                        case NOTE -> "-";
                    };
            return at + " " + protocol + " " + connection + " " + arrow + " " + text;
        }
    }

    /** Switches the log on, to keep 10,000 lines. Nothing changes where it is on. */
    public void start() {
        start(MOST_LINES);
    }

    /**
     * Switches the log on. Nothing changes where it is on.
     *
     * @param mostLines how many lines to keep, 1 to 10,000
     */
    public void start(int mostLines) {
        if (mostLines < 1 || mostLines > MOST_LINES) {
            throw new IllegalArgumentException("mostLines must be between 1 and " + MOST_LINES + ", was " + mostLines);
        }
        synchronized (this) {
            if (ring == null) {
                ring = new LineRing(mostLines);
            }
        }
    }

    /** Switches the log off and lets go of its lines. */
    public void stop() {
        synchronized (this) {
            ring = null;
        }
    }

    /** Answers whether the log is on; where it is not, no line need be made. */
    public boolean isOn() {
        return ring != null;
    }

    /** Returns what is kept, oldest first; empty where the log is off. */
    public List<Line> lines() {
        LineRing kept = ring;
        return kept == null ? List.of() : kept.lines();
    }

    /** Forgets what was kept so far, and how much was dropped. */
    public void clear() {
        LineRing kept = ring;
        if (kept != null) {
            kept.clear();
        }
    }

    /** Returns how many lines went since the start for newer ones. */
    public long dropped() {
        LineRing kept = ring;
        return kept == null ? 0 : kept.dropped();
    }

    /** Begins the part of a connection. For providers. */
    public synchronized ConnectionLog connection(Protocol protocol) {
        connections++;
        return new ConnectionLog(this, protocol, connections);
    }

    void write(Direction direction, Protocol protocol, int connection, String text) {
        LineRing kept = ring;
        if (kept != null) {
            kept.add(new Line(time.now(), direction, protocol, connection, cut(text)));
        }
    }

    /** What is missing is counted at the end, within the limit. */
    private static String cut(String text) {
        if (text.length() <= LONGEST_LINE) {
            return text;
        }
        int most = LONGEST_LINE - " +2147483647".length();
        return text.substring(0, most) + " +" + (text.length() - most);
    }
}
