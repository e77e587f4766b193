package dev.steadymail.guard;

import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Reach;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the accounts of one project or host share: a circuit, quotas, and the order in which those who wait get their turn. Accounts
 * wait in line by lane; every eighth turn belongs to the last lane in line, so that none starves. Thread-safe; a gate calls it with
 * its own lock held, and it calls gates with no lock held.
 */
final class SharedScope {
    private static final Lane[] LANES = Lane.values();
    private static final int TURNS_OF_URGENT = 7;

    private final Reach reach;
    private final String key;
    private final GuardClock clock;
    private final Circuit circuit;
    private final Quotas quotas;
    private final Alarm alarm;
    private final List<Deque<ScopeMember>> waiting = new ArrayList<>();
    private @Nullable ScopeMember serving;
    private boolean refused;
    private boolean ringing;
    private boolean ringAgain;
    private int turns;
    private int members;

    SharedScope(Reach reach, String key, GuardClock clock, CircuitRules rules, Quotas quotas) {
        this.reach = reach;
        this.key = key;
        this.clock = clock;
        this.circuit = new Circuit(rules);
        this.quotas = quotas;
        this.alarm = new Alarm(clock.time().scheduler(), this::alarmRang);
        for (int i = 0; i < LANES.length; i++) {
            waiting.add(new ArrayDeque<>(0));
        }
    }

    Reach reach() {
        return reach;
    }

    String key() {
        return key;
    }

    /** Counts who uses the scope; answers how many are left. */
    synchronized int members(int change) {
        members += change;
        if (members == 0) {
            alarm.cancel();
        }
        return members;
    }

    /**
     * Lets a request pass and charges it, or puts its account in line.
     *
     * @return {@code now} or earlier where it may start, else when it may at the earliest; never where that is not known
     */
    synchronized long admit(ScopeMember member, Lane lane, int units, boolean keepsReserve, long now) {
        if (serving != member && anyoneBefore(lane)) {
            // Whenever somebody is in line, something is under way that will serve the line.
            queue(member, lane);
            return Math.max(now + 1, alarm.setFor() == GuardClock.NEVER ? 0 : alarm.setFor());
        }
        long at = Math.max(circuit.startAt(now), quotas.roomAt(units, keepsReserve, now));
        if (at <= now) {
            if (circuit.start(now)) {
                member.gate.news().circuitChanged(reach, circuit, now);
            }
            QuotaMeter warning = quotas.charge(units, lane, now);
            if (warning != null) {
                member.gate.news().quotaHigh(warning, now);
            }
            return now;
        }
        queue(member, lane);
        if (at != GuardClock.NEVER) {
            alarm.by(Math.max(at, now + 1), now);
        }
        return Math.max(at, now + 1);
    }

    private boolean anyoneBefore(Lane lane) {
        for (int i = 0; i <= lane.ordinal(); i++) {
            if (!waiting.get(i).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void queue(ScopeMember member, Lane lane) {
        int bit = 1 << lane.ordinal();
        boolean first = serving == member;
        refused |= first;
        if ((member.waiting & bit) != 0) {
            return;
        }
        member.waiting |= bit;
        if (first) {
            waiting.get(lane.ordinal()).addFirst(member);
        } else {
            waiting.get(lane.ordinal()).addLast(member);
        }
    }

    /** Takes back what {@link #admit} gave, for a request that does not start after all. */
    synchronized void undo(Lane lane, int units, long startedAt, long now) {
        quotas.settle(units, 0, lane, now);
        circuit.neutral(startedAt);
    }

    /** Ends a request's charge. */
    synchronized void settle(int charged, int actual, Lane lane, long now) {
        quotas.settle(charged, actual, lane, now);
    }

    /** Takes note of how a request ended; answers whether those in line should look again. */
    synchronized boolean ended(ScopeMember member, Health health, long startedAt, long now) {
        boolean changed = count(member, health, startedAt, now);
        if (changed) {
            member.gate.news().circuitChanged(reach, circuit, now);
        }
        return changed || health == Health.UNKNOWN;
    }

    private boolean count(ScopeMember member, Health health, long startedAt, long now) {
        boolean news = !member.failing;
        switch (health) {
            case GOOD -> {
                member.failing = false;
                return circuit.success(startedAt);
            }
            case BAD -> {
                member.failing = true;
                // A probe's failure counts whoever sent it; else one sick account would look like a sick server.
                return (news || circuit.state(now) == CircuitState.HALF_OPEN)
                        ? circuit.failure(startedAt, now)
                        : neutral(startedAt);
            }
            default -> {
                return neutral(startedAt);
            }
        }
    }

    private boolean neutral(long startedAt) {
        circuit.neutral(startedAt);
        return false;
    }

    /** Opens the circuit for a throttle; a time of zero means that none was stated. Answers until when it is open. */
    synchronized long throttle(ScopeMember member, long until, long startedAt, long now) {
        boolean changed = until > 0 ? circuit.throttle(until, now) : circuit.throttleUnstated(startedAt, now);
        if (changed) {
            member.gate.news().circuitChanged(reach, circuit, now);
        }
        return circuit.openUntil();
    }

    synchronized long openUntil() {
        return circuit.openUntil();
    }

    /** Gives those in line their turn, as long as there is room. */
    void ring() {
        if (!startRinging()) {
            return;
        }
        ScopeMember next = nextInLine();
        while (next != null) {
            next.gate.look();
            next = nextInLine();
        }
    }

    private void alarmRang() {
        synchronized (this) {
            alarm.rang();
        }
        ring();
    }

    private synchronized boolean startRinging() {
        ringAgain = ringing;
        boolean first = !ringing;
        ringing = true;
        refused = false;
        return first;
    }

    private synchronized @Nullable ScopeMember nextInLine() {
        serving = null;
        if (refused && !ringAgain) {
            ringing = false;
            refused = false;
            return null;
        }
        ringAgain = false;
        refused = false;
        Deque<ScopeMember> line = line();
        ScopeMember next = line == null ? null : line.poll();
        if (next == null) {
            ringing = false;
            return null;
        }
        next.waiting &= ~(1 << waiting.indexOf(line));
        serving = next;
        return next;
    }

    private @Nullable Deque<ScopeMember> line() {
        boolean last = turns++ % (TURNS_OF_URGENT + 1) == TURNS_OF_URGENT;
        Deque<ScopeMember> found = null;
        for (Deque<ScopeMember> line : waiting) {
            if (!line.isEmpty()) {
                found = line;
                if (!last) {
                    return found;
                }
            }
        }
        return found;
    }

    synchronized void addShares(Lane lane, List<SharedLimits.Share> shares, long now) {
        quotas.addShares(key, lane, shares, now);
    }

    /** Opens the circuit as another process has found it; answers whether that was news. */
    synchronized boolean openedElsewhere(CircuitCause cause, long until, long now) {
        return circuit.openedElsewhere(cause, until, now);
    }

    synchronized Explanation.Circuit explain(long now) {
        return Report.circuit(reach, circuit, clock, now);
    }

    synchronized void addBalances(List<Ledger.Balance> balances, long now) {
        for (QuotaMeter meter : quotas.meters()) {
            balances.add(meter.balance(clock, now));
        }
    }
}
