package dev.steadymail.guard;

import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.Telemetry;
import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Verdict;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one account's requests wait, start and end: everything that must be decided together is here, under one short lock.
 * Thread-safe. No thread of its own: whoever frees a place starts what waits for it, and one timer at most wakes the gate for what
 * time alone brings about.
 *
 * <p>Order of locks: the gate's, then those of the scopes it shares. Calls, listeners and whatever breaks an attempt run with none,
 * see {@link Afterwards}. In here, {@link Admission} says what may start, {@link Waiting} holds what may not yet,
 * {@link Outcomes} draws the conclusions of what has ended, and {@link Repetition} says what is tried again.
 */
final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final Lane[] LANES = Lane.values();
    /** From here on a call may use the level kept for INTERACTIVE, in its one turn of eight. */
    private static final long STARVING = Duration.ofMinutes(1).toNanos();

    private final ShortLock lock;

    private final GuardSettings settings;
    private final GuardClock clock;
    private final Afterwards afterwards = new Afterwards();
    private final News news;
    private final Admission admission;
    private final Outcomes outcomes;
    private final Repetition repetition;
    private final Alarm alarm;
    private final @Nullable SharedLink link;
    /** Made when a call first has to wait. */
    private @Nullable Waiting waiting;

    private boolean closed;
    private boolean draining;
    private long lastSuccess = GuardClock.NEVER;
    private long nextStart = GuardClock.NEVER;

    Gate(
            Telemetry telemetry,
            GuardSettings settings,
            Guards.Shared common,
            AccountLimits limits,
            List<SharedScope> scopes,
            Traffic traffic) {
        ScopeMember[] shared = Admission.members(scopes, this);
        this.settings = settings;
        this.clock = common.clock();
        this.lock = limits.lock;
        this.link = Admission.link(common, telemetry.account(), shared);
        this.news = new News(common, telemetry, link, afterwards);
        this.admission = new Admission(limits, shared, news);
        this.outcomes = new Outcomes(admission, settings, clock, traffic, news, afterwards);
        this.repetition = new Repetition(settings, clock, traffic, news);
        this.alarm = new Alarm(clock.time().scheduler(), this::alarmRang);
    }

    GuardSettings settings() {
        return settings;
    }

    GuardClock clock() {
        return clock;
    }

    // ---- starting
    // -----------------------------------------------------------------------------------------------------------

    /** Starts an attempt on the calling thread at once; answers null where it would have to wait. */
    @Nullable
    Cancellation tryEnter(Request request, Lane lane, long deadlineAt, long now) {
        Cancellation flight;
        Runnable first;
        lock.lock();
        try {
            if (closed || draining || deadlineAt <= now || asksElsewhere() || isAnyoneInLine()) {
                return null;
            }
            if (admission.startAt(now) > now
                    || admission.roomAt(lane, request.units(), lane != Lane.INTERACTIVE, now) > now) {
                return null;
            }
            flight = Cancellation.begunOnCallersThread(request, lane, deadlineAt, now);
            start(flight, lane, now);
            first = afterwards.begin();
        } finally {
            lock.unlock();
        }
        runAfterwards(first);
        return flight;
    }

    /** Then a call may have to rest before its first attempt, and only one that is in line can. */
    private boolean asksElsewhere() {
        return link != null || settings.ownLimit() != null;
    }

    private boolean isAnyoneInLine() {
        return waiting != null && waiting.isAnyoneInLine();
    }

    private int queued() {
        return waiting == null ? 0 : waiting.size();
    }

    private Waiting waiting() {
        Waiting made = waiting;
        if (made == null) {
            made = new Waiting();
            waiting = made;
        }
        return made;
    }

    private void start(Cancellation flight, Lane lane, long now) {
        admission.start(flight, lane, now);
        alarm.by(flight.limitAt(), now);
    }

    /** Lets a call wait for its turn, which may come before this returns. */
    void enqueue(Ticket ticket) {
        decide(now -> {
            MailException refusal = refusal(ticket, now);
            if (refusal != null) {
                refuse(ticket, refusal, now);
            } else {
                lineUp(ticket, now);
            }
        });
    }

    private @Nullable MailException refusal(Ticket ticket, long now) {
        if (closed || draining) {
            return closed ? Refusals.closed() : Refusals.draining();
        }
        if (ticket.deadlineAt <= now) {
            return Refusals.passed(ticket.request);
        }
        int size = waiting().size();
        return size >= settings.maxWaiting() ? Refusals.queueFull(ticket.request, size) : tooLong(ticket, now);
    }

    /** All calls of its lane that came before start before it, no more of them in an interval than the cap. */
    private @Nullable MailException tooLong(Ticket ticket, long now) {
        int ahead = waiting().lanes.size(ticket.lane);
        long intervals = ahead / settings.startsPerInterval();
        long earliest = now + intervals * settings.interval().toNanos();
        return earliest <= ticket.deadlineAt
                ? null
                : Refusals.tooLong(ticket.request, ahead, clock.instantOf(earliest, now));
    }

    private void lineUp(Ticket ticket, long now) {
        long rest = repetition.ownLimitRest(ticket, now);
        if (rest < 0) {
            refuse(ticket, Refusals.ownLimit(ticket.request), now);
        } else if (rest > 0) {
            rest(ticket, now + rest, now);
        } else {
            waiting().lineUp(ticket);
            alarm.by(ticket.deadlineAt, now);
            startWaiting(now);
        }
    }

    private void rest(Ticket ticket, long until, long now) {
        waiting().rest(ticket, until);
        alarm.by(until, now);
    }

    /** Starts what may start, and fails what cannot start before its deadline. */
    private void startWaiting(long now) {
        nextStart = GuardClock.NEVER;
        Waiting line = waiting;
        while (line != null && line.isAnyoneInLine()) {
            long at = admission.startAt(now);
            if (at > now) {
                blocked(line, at, now);
                return;
            }
            Ticket ticket = nextStartable(line.lanes, now);
            if (ticket == null) {
                return;
            }
            line.lanes.started();
            line.remove(ticket);
            Cancellation flight = ticket.newFlight(now);
            ticket.flight = flight;
            start(flight, ticket.lane, now);
            if (ticket.granted(flight)) {
                afterwards.add(ticket);
            }
        }
    }

    /** Nothing starts before a moment: those who cannot wait as long learn it now. */
    private void blocked(Waiting line, long at, long now) {
        nextStart = at;
        if (at == GuardClock.NEVER) {
            return;
        }
        for (Ticket hopeless = line.takeHopeless(at); hopeless != null; hopeless = line.takeHopeless(at)) {
            refuse(hopeless, hopeless(hopeless, clock.instantOf(at, now)), now);
        }
        if (line.isAnyoneInLine()) {
            alarm.by(at, now);
        }
    }

    private MailException hopeless(Ticket ticket, Instant until) {
        Obstacle obstacle = admission.obstacle();
        if (obstacle != Obstacle.CIRCUIT && obstacle != Obstacle.SHARED_CIRCUIT) {
            return Refusals.noRoom(ticket.request, obstacle, until);
        }
        return admission.openCause() == CircuitCause.FAILING
                ? Refusals.open(ticket.request, until)
                : Refusals.throttled(ticket.request, until);
    }

    /** Returns the call that starts next, or null where none can: the most urgent, unless it is another's turn. */
    private @Nullable Ticket nextStartable(Lanes lanes, long now) {
        Ticket aged = lanes.agedHead(now);
        if (aged != null) {
            boolean starving = now - aged.since >= STARVING;
            if (hasRoom(aged, !starving, now)) {
                return aged;
            }
            if (starving && aged.queued && admission.obstacle() == Obstacle.QUOTA) {
                // Its turn is kept until there is room: beside cheap requests a dear one would never find it.
                return null;
            }
        }
        return mostUrgent(lanes, now);
    }

    /** What is less urgent never goes ahead because it is cheaper: it would take the room as it comes. */
    private @Nullable Ticket mostUrgent(Lanes lanes, long now) {
        for (Lane lane : LANES) {
            for (Ticket head = lanes.head(lane); head != null; head = lanes.head(lane)) {
                if (hasRoom(head, keepsReserve(head, now), now)) {
                    return head;
                }
                if (head.queued) {
                    return null;
                }
            }
        }
        return null;
    }

    /** Where nothing starts no eighth turn comes either: after a minute the most urgent lane need not leave anything free. */
    private static boolean keepsReserve(Ticket head, long now) {
        return head.lane != Lane.INTERACTIVE && now - head.since < STARVING;
    }

    /** Where there is no room before a call's deadline, the call leaves the line and fails now. */
    private boolean hasRoom(Ticket ticket, boolean keepsReserve, long now) {
        long at = admission.roomAt(ticket.lane, ticket.request.units(), keepsReserve, now);
        if (at <= now) {
            return true;
        }
        nextStart = Math.min(nextStart, at);
        if (at != GuardClock.NEVER && at >= ticket.deadlineAt) {
            waiting().remove(ticket);
            refuse(ticket, hopeless(ticket, clock.instantOf(at, now)), now);
        } else if (admission.obstacle() == Obstacle.QUOTA) {
            alarm.by(at, now);
        }
        return false;
    }

    private void refuse(Ticket ticket, MailException failure, long now) {
        MailException counted = ticket.notSent(failure);
        ticket.done = true;
        news.ended(ticket, counted, now);
        if (ticket.refused(counted)) {
            afterwards.add(ticket);
        }
    }

    // ---- ending
    // -------------------------------------------------------------------------------------------------------------

    /**
     * Ends an attempt that succeeded; answers false where it had been broken before, so that its answer comes too late.
     *
     * @param attempt 1 for the first
     * @param waited how long the call had waited for this attempt, in nanoseconds
     */
    boolean succeeded(Request request, Cancellation flight, int attempt, long waited) {
        Runnable first;
        ClientEvent told;
        lock.lock();
        try {
            boolean needsTime = admission.needsTimeOfEnd() || news.isHeard() || isAnyoneInLine();
            long now = needsTime ? clock.now() : flight.startedAt();
            if (!admission.release(flight, now)) {
                return false;
            }
            outcomes.success(flight, now);
            repetition.success(attempt > 1);
            lastSuccess = now;
            told = news.succeeded(request, flight, attempt, waited, queued(), now);
            if (told != null && (isAnyoneInLine() || !afterwards.isIdle())) {
                news.tell(told);
                told = null;
            }
            if (isAnyoneInLine()) {
                startWaiting(now);
            }
            first = afterwards.begin();
        } finally {
            lock.unlock();
        }
        if (told != null) {
            tell(told);
        }
        runAfterwards(first);
        return true;
    }

    /** Tells at once what nothing else has to be told before: most calls succeed while nobody waits. */
    private void tell(ClientEvent event) {
        try {
            news.tellNow(event);
        } catch (Throwable fault) {
            LOG.warn("A listener failed; the requests go on", fault);
        }
    }

    /**
     * Ends an attempt that failed, and puts its call to rest where it may be repeated.
     *
     * @return what to tell the caller, or null where the call will get another turn, or this attempt or the call has ended before
     */
    @Nullable
    MailException failed(Ticket ticket, Cancellation flight, MailException thrown) {
        MailException end;
        Runnable first;
        lock.lock();
        try {
            long now = clock.now();
            if (ticket.flight != flight) {
                return null;
            }
            ticket.flight = null;
            CancelReason reason = flight.reason();
            MailException failure =
                    reason == null ? thrown : Refusals.broken(ticket.request, reason, flight, thrown, now);
            if (admission.release(flight, now)) {
                outcomes.failure(failure, flight, now);
            }
            if (reason != null) {
                outcomes.hear(thrown, flight, now);
            }
            end = repeatOrEnd(ticket, flight, failure, now);
            startWaiting(now);
            first = afterwards.begin();
        } finally {
            lock.unlock();
        }
        runAfterwards(first);
        return end;
    }

    private @Nullable MailException repeatOrEnd(Ticket ticket, Cancellation flight, MailException failure, long now) {
        MailException counted = ticket.failedWith(failure);
        news.failed(ticket, flight, failure.kind(), queued(), now);
        if (ticket.done) {
            return null;
        }
        long until = closed ? GuardClock.NEVER : repetition.restAfter(ticket, counted, now);
        if (until == GuardClock.NEVER) {
            ticket.done = true;
            news.ended(ticket, counted, now);
            return counted;
        }
        ticket.waitingSince = now;
        rest(ticket, until, now);
        return null;
    }

    /** Takes a call out, wherever it is: its caller has given up. What is in flight is broken and its place is free at once. */
    void withdraw(Ticket ticket) {
        decide(now -> {
            ticket.done = true;
            if (waiting != null) {
                waiting.remove(ticket);
            }
            Cancellation flight = ticket.flight;
            ticket.flight = null;
            if (flight != null) {
                breakOff(flight, CancelReason.ABANDONED, now);
            }
            startWaiting(now);
        });
    }

    private void breakOff(Cancellation flight, CancelReason reason, long now) {
        if (!flight.hasBegun()) {
            var unused = admission.refund(flight, now);
        } else if (admission.release(flight, now)) {
            outcomes.abandoned(flight, now);
        }
        breakFlight(flight, reason);
    }

    private void breakFlight(Cancellation flight, CancelReason reason) {
        Runnable breaking = flight.mark(reason);
        if (breaking != null) {
            afterwards.add(breaking);
        }
    }

    // ---- what other processes say
    // -------------------------------------------------------------------------------------------

    /** Asks the limits that processes share, or answers null where there are none. */
    @Nullable
    CompletableFuture<Verdict> askShared(Ticket ticket) {
        SharedLink asked = link;
        if (asked == null) {
            return null;
        }
        Demand demand;
        lock.lock();
        try {
            demand = asked.demand(admission.quotas, ticket.lane, ticket.request.units(), clock.now());
        } finally {
            lock.unlock();
        }
        return asked.ask(demand);
    }

    /**
     * The last step before an attempt is made, since time has passed since it was granted its place: the call may have ended, the
     * account may have been told to wait, and other processes may have no room.
     *
     * @param verdict what the limits say that processes share, or null where there are none
     */
    Turn begin(Ticket ticket, Cancellation flight, @Nullable Verdict verdict) {
        Turn turn;
        Runnable first;
        lock.lock();
        try {
            long now = clock.now();
            if (ticket.done || ticket.flight != flight || !admission.places.has(flight)) {
                return Turn.ENDED;
            }
            turn = mayBegin(flight, verdict, now);
            if (turn == Turn.START) {
                flight.begin();
                alarm.by(flight.limitAt(), now);
            } else {
                giveBack(ticket, flight, verdict, now);
            }
            first = afterwards.begin();
        } finally {
            lock.unlock();
        }
        runAfterwards(first);
        return turn;
    }

    private Turn mayBegin(Cancellation flight, @Nullable Verdict verdict, long now) {
        boolean granted = verdict == null || verdict instanceof Verdict.Granted;
        return granted && flight.limitAt() > now && admission.openUntil() <= now ? Turn.START : Turn.WAIT;
    }

    private void giveBack(Ticket ticket, Cancellation flight, @Nullable Verdict verdict, long now) {
        var unused = admission.refund(flight, now);
        ticket.flight = null;
        long until = verdict == null || link == null ? now : link.obey(verdict, admission.circuit, now);
        if (ticket.deadlineAt <= now) {
            refuse(ticket, Refusals.passed(ticket.request), now);
        } else if (until >= ticket.deadlineAt) {
            refuse(ticket, elsewhere(ticket, verdict, until, now), now);
        } else if (until > now) {
            rest(ticket, until, now);
        } else {
            waiting().lineUpFirst(ticket);
            alarm.by(ticket.deadlineAt, now);
        }
        startWaiting(now);
    }

    private MailException elsewhere(Ticket ticket, @Nullable Verdict verdict, long until, long now) {
        Instant at = clock.instantOf(until, now);
        if (verdict instanceof Verdict.Open open) {
            return open.opening().cause() == CircuitCause.FAILING
                    ? Refusals.open(ticket.request, at)
                    : Refusals.throttled(ticket.request, at);
        }
        return Refusals.noRoom(ticket.request, Obstacle.ELSEWHERE, at);
    }

    // ---- time
    // ---------------------------------------------------------------------------------------------------------------

    private void alarmRang(int set) {
        decide(now -> {
            if (!alarm.rang(set)) {
                return;
            }
            breakLate(now);
            if (waiting != null) {
                waiting.wakeRested(now);
                failPassed(waiting, now);
            }
            startWaiting(now);
            if (waiting != null && waiting.size() == 0) {
                waiting = null;
            }
            alarm.by(admission.places.earliestLimit(), now);
            alarm.by(waiting == null ? GuardClock.NEVER : waiting.firstDue(), now);
        });
    }

    private void breakLate(long now) {
        for (int i = admission.places.taken() - 1; i >= 0; i--) {
            Cancellation flight = admission.places.flight(i);
            if (flight.hasBegun() && flight.limitAt() <= now && admission.release(flight, now)) {
                outcomes.late(flight, now);
                breakFlight(flight, flight.endsWithDeadline() ? CancelReason.DEADLINE : CancelReason.TIMEOUT);
                afterwards.add(flight::broken);
            }
        }
    }

    private void failPassed(Waiting line, long now) {
        for (Ticket passed = line.takeHopeless(now); passed != null; passed = line.takeHopeless(now)) {
            refuse(passed, Refusals.passedWaiting(passed.request, admission.obstacle()), now);
        }
    }

    /** Looks whether anything may start now: a scope that is shared with others has room. */
    void look() {
        decide(this::startWaiting);
    }

    /** Decides something under the lock, then does without it what was decided. */
    private void decide(LongConsumer decision) {
        Runnable first;
        lock.lock();
        try {
            decision.accept(clock.now());
            first = afterwards.begin();
        } finally {
            lock.unlock();
        }
        runAfterwards(first);
    }

    private void runAfterwards(@Nullable Runnable first) {
        for (Runnable action = first; action != null; action = next()) {
            run(action);
        }
    }

    /** What an application hangs on to its futures, or gives to break an attempt, may fail; the others must not wait for ever. */
    private static void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable fault) {
            LOG.warn("What follows the start or end of a request failed; the other requests go on", fault);
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            return afterwards.next();
        } finally {
            lock.unlock();
        }
    }

    /** Where a scope that is shared tells what it changed on this gate's behalf. Called with this gate's lock held. */
    News news() {
        return news;
    }

    // ---- looking and closing
    // -------------------------------------------------------------------------------------------------

    @Nullable
    Instant pausedUntil() {
        lock.lock();
        try {
            long now = clock.now();
            long until = admission.openUntil();
            return until > now ? clock.instantOf(until, now) : null;
        } finally {
            lock.unlock();
        }
    }

    void reset() {
        decide(now -> {
            admission.circuit.reset();
            admission.places.reset();
            news.circuitChanged(admission.circuit, now);
            startWaiting(now);
        });
    }

    /** Refuses what comes from now on; answers whether nothing waits or is in flight. */
    boolean drained() {
        lock.lock();
        try {
            draining = true;
            return admission.places.taken() == 0 && (waiting == null || waiting.size() == 0);
        } finally {
            lock.unlock();
        }
    }

    /** Fails what waits and breaks what is in flight. */
    void close() {
        decide(now -> {
            closed = true;
            while (admission.places.taken() > 0) {
                Cancellation flight = admission.places.flight(admission.places.taken() - 1);
                breakOff(flight, CancelReason.CLOSED, now);
                afterwards.add(flight::broken);
            }
            Waiting line = waiting;
            for (Ticket left = line == null ? null : line.takeAny();
                    line != null && left != null;
                    left = line.takeAny()) {
                refuse(left, Refusals.closed(), now);
            }
            alarm.cancel();
        });
    }

    List<SharedScope> scopes() {
        return Arrays.stream(admission.shared).map(member -> member.scope).toList();
    }

    /** Hands over what the provider counted and stated, for the time after this gate was closed. */
    void keepIn(ClosedAccounts kept, AccountId account) {
        lock.lock();
        try {
            long now = clock.now();
            kept.keep(account, admission.limits, admission.limits.tellUntil(now), now);
        } finally {
            lock.unlock();
        }
    }

    Explanation explain() {
        lock.lock();
        try {
            Report report = new Report(admission, settings, clock);
            long rested = waiting == null ? GuardClock.NEVER : waiting.firstRestEnd();
            return report.explanation(
                    waiting == null ? new Waiting() : waiting,
                    repetition.tokensLeft(),
                    lastSuccess,
                    Math.min(nextStart, rested),
                    link != null && link.isReachable());
        } finally {
            lock.unlock();
        }
    }

    Ledger ledger() {
        lock.lock();
        try {
            return new Report(admission, settings, clock).ledger();
        } finally {
            lock.unlock();
        }
    }
}
