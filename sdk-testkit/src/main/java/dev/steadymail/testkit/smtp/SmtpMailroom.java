package dev.steadymail.testkit.smtp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a server accepted and met: messages, commands, violations. One may serve many sessions. A full one refuses further messages with
 * 452, which is never silent loss; commands beyond the last 100,000 are forgotten. Thread-safe.
 */
public final class SmtpMailroom {
    private static final int MOST_COMMANDS = 100_000;
    private static final int MOST_MESSAGES = 100_000;
    private static final long MOST_OCTETS = 256L << 20;

    private final int mostMessages;
    private final long mostOctets;
    private final Consumer<SmtpMessage> witness;
    private final boolean keeping;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<SmtpMessage> messages = new ArrayList<>(); // guarded by lock, as all below
    private final Deque<String> commands = new ArrayDeque<>();
    private final Map<SmtpViolation, Integer> violations = new EnumMap<>(SmtpViolation.class);
    private long octets;

    /** Makes an empty one for 100,000 messages and 256 MiB. */
    public SmtpMailroom() {
        this(message -> {});
    }

    /**
     * Makes an empty one for 100,000 messages and 256 MiB, with a witness.
     *
     * @param witness called for each message before it counts as accepted and before any 250, one at a time; where it throws, the message
     *     is refused with 451
     */
    public SmtpMailroom(Consumer<SmtpMessage> witness) {
        this(MOST_MESSAGES, MOST_OCTETS, witness);
    }

    /**
     * Makes an empty one.
     *
     * @param mostMessages how many it holds, at least 0
     * @param mostOctets how many octets these have together, at least 0
     * @param witness as above
     */
    public SmtpMailroom(int mostMessages, long mostOctets, Consumer<SmtpMessage> witness) {
        this(mostMessages, mostOctets, witness, true);
    }

    private SmtpMailroom(int mostMessages, long mostOctets, Consumer<SmtpMessage> witness, boolean keeping) {
        if (mostMessages < 0 || mostOctets < 0) {
            throw new IllegalArgumentException(
                    "bounds must be at least 0, were " + mostMessages + " and " + mostOctets);
        }
        this.mostMessages = mostMessages;
        this.mostOctets = mostOctets;
        this.witness = witness;
        this.keeping = keeping;
    }

    /** Returns one that keeps no messages and so is never full: its witness is all that knows of them. */
    public static SmtpMailroom forgetful(Consumer<SmtpMessage> witness) {
        return new SmtpMailroom(Integer.MAX_VALUE, Long.MAX_VALUE, witness, false);
    }

    /** Returns the messages accepted, oldest first. */
    public List<SmtpMessage> messages() {
        return locked(() -> List.copyOf(messages));
    }

    /**
     * Returns how often each Message-ID was accepted; messages without one are counted under the empty string. A count above 1 is a
     * message that was sent twice.
     */
    public Map<String, Integer> countsByMessageId() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        messages().forEach(message -> counts.merge(message.messageId(), 1, Integer::sum));
        return counts;
    }

    /** Returns the commands received, oldest first. What AUTH and its responses said is replaced. */
    public List<String> commands() {
        return locked(() -> List.copyOf(commands));
    }

    /** Returns how often each violation was met; without those that were not. */
    public Map<SmtpViolation, Integer> violations() {
        return locked(() -> Map.copyOf(violations));
    }

    /** Returns how many violations were met: 0 for a careful client. */
    public int violationCount() {
        return violations().values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Waits until so many messages have been accepted since the last {@link #clear}.
     *
     * @return false if the time was over first
     */
    public boolean awaitMessages(int count, Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (messages.size() < count) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = grown.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything so far. */
    public void clear() {
        locked(() -> {
            messages.clear();
            commands.clear();
            violations.clear();
            octets = 0;
            return true;
        });
    }

    /** Keeps a message; returns the answer, of which only 250 means kept. */
    SmtpReply accept(SmtpMessage message) {
        return locked(() -> {
            if (messages.size() >= mostMessages || octets + message.size() > mostOctets) {
                return SmtpReply.of(452, "4.3.1", "no room for further messages");
            }
            try {
                witness.accept(message);
            } catch (RuntimeException refused) {
                return SmtpReply.of(451, "4.3.0", "the message could not be stored");
            }
            if (keeping) {
                messages.add(message);
                octets += message.size();
                grown.signalAll();
            }
            return SmtpReply.of(250, "2.0.0", "accepted");
        });
    }

    void command(String text) {
        locked(() -> {
            if (commands.size() == MOST_COMMANDS) {
                commands.removeFirst();
            }
            return commands.add(text);
        });
    }

    void violation(SmtpViolation violation, int times) {
        if (times > 0) {
            locked(() -> violations.merge(violation, times, Integer::sum));
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
