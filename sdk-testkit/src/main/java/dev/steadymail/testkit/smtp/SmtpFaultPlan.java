package dev.steadymail.testkit.smtp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The faults that still have to happen, in the order in which they were added; on one occasion at most one happens. The same additions,
 * the same chance and the same dialogues make the same faults. Thread-safe, as long as nothing else draws from its chance.
 */
public final class SmtpFaultPlan {
    private final RandomGenerator chance;
    private final List<Armed> armed = new ArrayList<>();
    private final Map<SmtpFault, Long> acted = new LinkedHashMap<>();

    /**
     * Makes an empty plan.
     *
     * @param chance for probabilities and random cuts, for example {@code simulation.choices("smtp.faults")}
     */
    public SmtpFaultPlan(RandomGenerator chance) {
        this.chance = chance;
    }

    /** Returns an empty plan whose chance comes from a seed. */
    public static SmtpFaultPlan seeded(long seed) {
        return new SmtpFaultPlan(new SplittableRandom(seed));
    }

    /** Adds a fault; returns this plan. */
    public synchronized SmtpFaultPlan add(SmtpFault fault, SmtpTimes times) {
        armed.add(new Armed(fault, times));
        return this;
    }

    /**
     * Adds faults written as text, {@code ;} between them: {@code accepted:cut:0.05; content:cut-within@4096:0.1; rcpt#2:450:3}. First the
     * stage, for RCPT perhaps with the recipient; then a code to answer with, or the trouble in lower case with its number behind {@code @}
     * (a delay's are milliseconds); then perhaps how often, {@code always}, or with a point in it the probability; once unless said.
     *
     * @throws IllegalArgumentException if the text is not like that
     */
    public SmtpFaultPlan addAll(String text) {
        SmtpFaultText.addTo(this, text);
        return this;
    }

    /** Forgets the faults that have not happened yet. */
    public synchronized void clear() {
        armed.clear();
    }

    /** Returns how often each fault has happened: a test whose faults never happen shows nothing. */
    public synchronized Map<SmtpFault, Long> acted() {
        return Map.copyOf(acted);
    }

    /** Counts an occasion for the faults that it concerns, up to the first that happens. */
    synchronized @Nullable SmtpTrouble take(SmtpStage stage, int recipient) {
        for (Armed candidate : armed) {
            if (candidate.fault.concerns(stage, recipient) && candidate.happens(chance)) {
                acted.merge(candidate.fault, 1L, Long::sum);
                armed.removeIf(Armed::isSpent);
                return drawn(candidate.fault.trouble());
            }
        }
        armed.removeIf(Armed::isSpent);
        return null;
    }

    private SmtpTrouble drawn(SmtpTrouble trouble) {
        return trouble instanceof SmtpTrouble.CutWithin within
                ? new SmtpTrouble.CutAfter(chance.nextLong(within.octets()))
                : trouble;
    }

    private static final class Armed {
        private final SmtpFault fault;
        private final double probability;
        private int skip;
        private int times;

        Armed(SmtpFault fault, SmtpTimes count) {
            this.fault = fault;
            this.probability = count.probability();
            this.skip = count.skip();
            this.times = count.times();
        }

        boolean happens(RandomGenerator chance) {
            if (skip > 0) {
                skip--;
                return false;
            }
            if (times != Integer.MAX_VALUE) {
                times--;
            }
            return probability >= 1 || chance.nextDouble() < probability;
        }

        boolean isSpent() {
            return times == 0;
        }
    }
}
