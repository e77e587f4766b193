package dev.steadymail.guard;

import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Reach;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the accounts of one project or host share: a circuit, quotas, and the order in which those who wait get their turn. Accounts
 * wait in line by lane; every eighth turn belongs to another lane in line, so that none starves. Thread-safe; a gate calls it with
 * its own lock held, and it calls gates with no lock held.
 */
final class SharedScope {
    private static final Lane[] LANES = Lane.values();
    private static final int TURNS_OF_URGENT = 7;

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Reach reach;
    private final int number = NUMBERS.incrementAndGet();
    private final String key;
    private final GuardClock clock;
    private final Circuit circuit;
    private final Quotas quotas;
    private final Alarm alarm;
    private final List<Deque<ScopeMember>> waiting = new ArrayList<>();
    private @Nullable ScopeMember serving;
    private @Nullable ScopeMember lastHeard;
    private boolean outOfOrder;
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
            lastHeard = null;
        }
        return members;
    }

    /** Returns whether nobody uses the scope, and nothing would be lost if it were forgotten. */
    synchronized boolean isIdle(long now) {
        long until = circuit.openUntil();
        for (QuotaMeter meter : quotas.meters()) {
            until = Math.max(until, meter.usedUntil(now));
        }
        return members == 0 && until <= now;
    }

    /**
     * Lets a request pass and charges it, or puts its account in line.
     *
     * @return {@code now} or earlier where it may start, else when it may at the earliest; never where that is not known
     */
    synchronized long admit(ScopeMember member, Lane lane, int units, boolean keepsReserve, long now) {
        long circuitAt = circuit.startAt(now);
        member.openCause = circuitAt > now ? circuit.cause(now) : null;
        if (serving != member && anyoneBefore(lane)) {
            queue(member, lane);
            keepMoving(now);
            return circuitAt > now ? circuitAt : GuardClock.NEVER;
        }
        long at = circuitAt > now ? circuitAt : quotas.roomAt(units, keepsReserve, now);
        if (at <= now) {
            start(member, units, lane, now);
            return now;
        }
        queue(member, lane);
        if (at != GuardClock.NEVER) {
            alarm.by(at, now);
        }
        return at;
    }

    private void start(ScopeMember member, int units, Lane lane, long now) {
        if (circuit.start(now)) {
            member.gate.news().circuitChanged(reach, number, circuit, now);
        }
        QuotaMeter warning = quotas.charge(units, lane, now);
        if (warning != null) {
            member.gate.news().quotaHigh(warning, now);
        }
    }

    /** Whoever is in line gets a look as soon as the circuit lets anyone start: nobody waits for an event that has passed. */
    private void keepMoving(long now) {
        if (!ringing && anyoneBefore(LANES[LANES.length - 1])) {
            long at = circuit.startAt(now);
            if (at != GuardClock.NEVER) {
                alarm.by(Math.max(at, now + 1), now);
            }
        }
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
        keepMoving(now);
    }

    /** Ends a request's charge. */
    synchronized void settle(int charged, int actual, Lane lane, long now) {
        quotas.settle(charged, actual, lane, now);
        if (actual < charged) {
            keepMoving(now);
        }
    }

    /** Takes note of how a request ended; answers whether those in line should look again. */
    synchronized boolean ended(ScopeMember member, Health health, long startedAt, long now) {
        boolean probe = circuit.isProbe(startedAt);
        boolean changed = count(member, health, startedAt, probe, now);
        if (changed) {
            member.gate.news().circuitChanged(reach, number, circuit, now);
        }
        keepMoving(now);
        return changed || probe;
    }

    /**
     * A probe's outcome counts whoever sent it, and so does every success. An account's failure counts once while nobody else is
     * heard, and once while it goes on failing: one that is sick, or well and sick by turns, must not look like a sick server.
     */
    private boolean count(ScopeMember member, Health health, long startedAt, boolean probe, long now) {
        boolean ignored = health == Health.BAD && !probe && (member.failing || lastHeard == member);
        if (health != Health.UNKNOWN) {
            member.failing = health == Health.BAD;
            lastHeard = member;
        }
        if (health == Health.UNKNOWN || ignored) {
            circuit.neutral(startedAt);
            return false;
        }
        return health == Health.GOOD ? circuit.success(startedAt) : circuit.failure(startedAt, now);
    }

    /** Opens the circuit for a throttle; a time of zero means that none was stated. Answers until when it is open. */
    synchronized long throttle(ScopeMember member, long until, long startedAt, long now) {
        boolean changed = until > 0 ? circuit.throttle(until, now) : circuit.throttleUnstated(startedAt, now);
        if (changed) {
            member.gate.news().circuitChanged(reach, number, circuit, now);
        }
        keepMoving(now);
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

    private void alarmRang(int set) {
        synchronized (this) {
            if (!alarm.rang(set)) {
                return;
            }
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
        // Who was refused out of order says nothing about those whose turn it would have been.
        boolean over = refused && !ringAgain && !outOfOrder;
        Deque<ScopeMember> line = over ? null : line();
        ringAgain = false;
        refused = false;
        ScopeMember next = line == null ? null : line.poll();
        if (next == null) {
            ringing = false;
            return null;
        }
        next.waiting &= ~(1 << waiting.indexOf(line));
        serving = next;
        return next;
    }

    /** Returns the most urgent line, at every eighth turn another one, each of them in its turn. */
    private @Nullable Deque<ScopeMember> line() {
        List<Deque<ScopeMember>> lines =
                waiting.stream().filter(line -> !line.isEmpty()).toList();
        if (lines.isEmpty()) {
            return null;
        }
        outOfOrder = lines.size() > 1 && turns % (TURNS_OF_URGENT + 1) == TURNS_OF_URGENT;
        int chosen = outOfOrder ? 1 + turns / (TURNS_OF_URGENT + 1) % (lines.size() - 1) : 0;
        turns = (turns + 1) & Integer.MAX_VALUE;
        return lines.get(chosen);
    }

    synchronized void addShares(Lane lane, List<SharedLimits.Share> shares, long now) {
        quotas.addShares(key, lane, shares, now);
    }

    /** Opens the circuit as another process has found it; answers whether that was news. */
    synchronized boolean openedElsewhere(CircuitCause cause, long until, long now) {
        boolean changed = circuit.openedElsewhere(cause, until, now);
        keepMoving(now);
        return changed;
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
