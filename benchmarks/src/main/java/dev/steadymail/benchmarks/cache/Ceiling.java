package dev.steadymail.benchmarks.cache;

import dev.steadymail.benchmarks.cache.Score.LookUp;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a cache reaches that knows every change and has room for everything, cold at the start. What the same day costs without a cache is
 * counted beside it. Not thread-safe.
 */
final class Ceiling {
    private final Score score = new Score();
    private final Map<Integer, Known> accounts = new HashMap<>();
    private long without;

    /** What is known of an account. */
    private static final class Known {
        private int have = GeneratedMailbox.AT_FIRST;
        private boolean mailboxes;
        private final Set<Integer> lists = new HashSet<>();
        private final Set<Integer> metadata = new HashSet<>();
        private final Set<Integer> bodies = new HashSet<>();
    }

    static Ceiling of(List<Step> steps) {
        Ceiling ceiling = new Ceiling();
        steps.forEach(ceiling::take);
        return ceiling;
    }

    Score score() {
        return score;
    }

    /** Returns what the day costs without a cache, own changes aside. */
    long without() {
        return without;
    }

    private void take(Step step) {
        Known known = accounts.computeIfAbsent(step.account(), account -> new Known());
        switch (step.op()) {
            case MAILBOXES -> mailboxes(known);
            case LIST -> list(known, step.number());
            case OPEN -> body(known, step.number());
            case THREAD -> {
                for (int n = 0; n < Person.THREAD; n++) {
                    body(known, step.number() + n);
                }
            }
            case WRITE -> known.mailboxes = false;
            case REMOTE -> {
                known.mailboxes = false;
                score.charge(Price.HISTORY);
            }
            case ARRIVE -> {
                known.have = step.number() + 1;
                known.mailboxes = false;
                known.lists.clear();
                score.charge(Price.HISTORY);
            }
        }
    }

    private void mailboxes(Known known) {
        without += Price.LABELS;
        look(LookUp.MAILBOXES, known.mailboxes, Price.LABELS);
        known.mailboxes = true;
    }

    private void list(Known known, int page) {
        without += Price.LIST + (long) GeneratedMailbox.PAGE * Price.GET;
        look(LookUp.LIST, !known.lists.add(page), Price.LIST);
        int top = known.have - 1 - page * GeneratedMailbox.PAGE;
        for (int email = top; email > top - GeneratedMailbox.PAGE; email--) {
            look(LookUp.METADATA, !known.metadata.add(email), Price.GET);
        }
    }

    private void body(Known known, int email) {
        if (email < known.have) {
            without += Price.GET;
            look(LookUp.BODY, !known.bodies.add(email), Price.GET);
            known.metadata.add(email);
        }
    }

    private void look(LookUp kind, boolean hit, int price) {
        score.add(kind, hit);
        if (!hit) {
            score.charge(price);
        }
    }
}
