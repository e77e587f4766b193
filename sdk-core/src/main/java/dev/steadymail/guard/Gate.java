package dev.steadymail.guard;

import dev.steadymail.event.ClientEventListener;
import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Verdict;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where one account's requests wait, start and end: everything that must be decided together is here, under one short lock.
 * Thread-safe. No thread of its own: whoever frees a place starts what waits for it, and one timer at most wakes the gate for what
 * time alone brings about.
 *
 * <p>Order of locks: the gate's, then those of the scopes it shares. Calls, listeners and whatever breaks an attempt run with none,
 * see {@link Afterwards}.
 */
final class Gate {
    private static final Lane[] LANES = Lane.values();
    private static final long LONGEST_CONCURRENCY_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long CONCURRENCY_PAUSE = Duration.ofMillis(500).toNanos();
    /** From here on a call may use the level kept for INTERACTIVE, in its one turn of eight. */
    private static final long STARVING = Duration.ofMinutes(1).toNanos();

    private final Object lock = new Object();
    private final GuardSettings settings;
    private final GuardClock clock;
    private final Traffic traffic;
    private final ScopeMember[] shared;
    private final Places places;
    private final StartCap cap;
    private final Circuit circuit;
    private final Quotas quotas;
    private final @Nullable SharedLink link;
    private final RetryTokens tokens = new RetryTokens();
    private final Alarm alarm;
    private final Afterwards afterwards = new Afterwards();
    private final @Nullable Announcements announcements;
    private @Nullable Queue queue;
    private boolean closed;
    private boolean draining;
    private boolean everSucceeded;
    private long lastSuccess;
    private long nextStart = GuardClock.NEVER;
    private Obstacle obstacle = Obstacle.PLACES;

    Gate(
            AccountId account,
            GuardSettings settings,
            Guards.Shared common,
            CircuitRules rules,
            List<SharedScope> scopes,
            Traffic traffic) {
        this.settings = settings;
        this.clock = common.clock();
        ClientEventListener listener = common.listener();
        this.announcements = listener == null ? null : new Announcements(account, listener, clock, afterwards);
        this.traffic = traffic;
        this.places = new Places(settings.maxInFlight(), settings.adaptiveMax());
        this.cap = StartCap.of(settings.startsPerInterval(), settings.interval().toNanos());
        this.circuit = new Circuit(rules);
        this.quotas = Quotas.of(settings.quota(), Reach.ACCOUNT);
        this.alarm = new Alarm(clock.time().scheduler(), this::alarmRang);
        this.shared = scopes.stream().map(scope -> new ScopeMember(scope, this)).toArray(ScopeMember[]::new);
        SharedGate limits = common.limits();
        this.link = limits == null ? null : new SharedLink(limits, clock, account, shared);
    }

    GuardClock clock() {
        return clock;
    }

    /** What keeps a call from starting. */
    private enum Obstacle {
        PLACES("a place"),
        PAUSE("a place"),
        CIRCUIT("the circuit"),
        CAP("the interval's cap"),
        QUOTA("the account's quota"),
        SHARED("the quota or circuit that it shares with other accounts"),
        ELSEWHERE("the quota that it shares with other processes");

        private final String text;

        Obstacle(String text) {
            this.text = text;
        }
    }

    /** What exists only where calls have had to wait or were repeated. */
    private static final class Queue {
        private final Lanes lanes = new Lanes();
        private final TicketHeap deadlines = new TicketHeap();
        private final TicketHeap rests = new TicketHeap();
    }

    // ---- starting
    // -----------------------------------------------------------------------------------------------------------

    /** Starts an attempt on the calling thread at once; answers null where it would have to wait. */
    @Nullable
    Cancellation tryEnter(Request request, Lane lane, long deadlineAt, long now) {
        Cancellation flight;
        boolean more;
        synchronized (lock) {
            if (closed || draining || deadlineAt <= now || asksElsewhere() || isAnyoneWaiting()) {
                return null;
            }
            if (startAt(now) > now || roomAt(lane, request.units(), lane != Lane.INTERACTIVE, now) > now) {
                return null;
            }
            flight = Cancellation.onCallersThread(request, lane, deadlineAt, now);
            start(flight, lane, now);
            more = afterwards.isPending();
        }
        runAfterwards(more);
        return flight;
    }

    /** Then a call may have to rest before its first attempt, and only one that is in the queue can. */
    private boolean asksElsewhere() {
        return link != null || settings.ownLimit() != null;
    }

    private boolean isAnyoneWaiting() {
        return queue != null && queue.lanes.size() > 0;
    }

    /** Lets a call wait for its turn, which may come before this returns. */
    void enqueue(Ticket ticket) {
        boolean more;
        synchronized (lock) {
            long now = clock.now();
            MailException refusal = refusal(ticket, now);
            if (refusal == null) {
                long rest = ownLimitRest(ticket, now);
                if (rest > 0) {
                    rest(ticket, now + rest, now);
                } else if (rest == 0) {
                    queue().lanes.addLast(ticket);
                    queue().deadlines.add(ticket, ticket.deadlineAt);
                    alarm.by(ticket.deadlineAt, now);
                    startWaiting(now);
                }
            } else {
                refuse(ticket, refusal);
            }
            more = afterwards.isPending();
        }
        runAfterwards(more);
    }

    private Queue queue() {
        Queue made = queue;
        if (made == null) {
            made = new Queue();
            queue = made;
        }
        return made;
    }

    private @Nullable MailException refusal(Ticket ticket, long now) {
        if (closed || draining) {
            return closed ? Refusals.closed() : Refusals.draining();
        }
        if (ticket.deadlineAt <= now) {
            return Refusals.passed(ticket.request);
        }
        int waiting = queue().lanes.size() + queue().rests.size();
        return waiting >= settings.maxWaiting() ? Refusals.queueFull(ticket.request, waiting) : tooLong(ticket, now);
    }

    /** All calls of its lane that came before start before it, no more of them in an interval than the cap. */
    private @Nullable MailException tooLong(Ticket ticket, long now) {
        int ahead = queue().lanes.size(ticket.lane);
        long earliest =
                now + ahead / settings.startsPerInterval() * settings.interval().toNanos();
        return earliest <= ticket.deadlineAt
                ? null
                : Refusals.tooLong(ticket.request, ahead, clock.instantOf(earliest, now));
    }

    /** Answers how long the application's own limit wants an attempt to wait; negative where it refused and the call has ended. */
    private long ownLimitRest(Ticket ticket, long now) {
        IntToLongFunction ownLimit = settings.ownLimit();
        if (ownLimit == null) {
            return 0;
        }
        long wait = ownLimit.applyAsLong(Math.max(1, ticket.request.units()));
        if (wait < 0 || wait >= ticket.deadlineAt - now) {
            refuse(ticket, Refusals.ownLimit(ticket.request));
            return -1;
        }
        return wait;
    }

    private void rest(Ticket ticket, long until, long now) {
        queue().rests.add(ticket, until);
        alarm.by(until, now);
    }

    /** Starts what may start, and fails what cannot start before its deadline. */
    private void startWaiting(long now) {
        nextStart = GuardClock.NEVER;
        Queue waiting = queue;
        if (waiting == null) {
            return;
        }
        while (waiting.lanes.size() > 0) {
            long at = startAt(now);
            if (at > now) {
                failHopeless(waiting, at, now);
                blockedUntil(waiting, at, now);
                return;
            }
            Ticket ticket = nextStartable(waiting, now);
            if (ticket == null) {
                return;
            }
            waiting.lanes.started();
            leaveQueue(ticket);
            Cancellation flight = ticket.flight(now);
            start(flight, ticket.lane, now);
            ticket.grant(flight);
            afterwards.add(ticket);
        }
    }

    private void blockedUntil(Queue waiting, long at, long now) {
        nextStart = at;
        if (at != GuardClock.NEVER && waiting.lanes.size() > 0) {
            alarm.by(at, now);
        }
    }

    /** Returns when anything may start, whatever it is; never where only the end of something can tell. */
    private long startAt(long now) {
        if (!places.isFree(now)) {
            obstacle = Obstacle.PLACES;
            return GuardClock.NEVER;
        }
        if (places.pausedUntil() > now) {
            obstacle = Obstacle.PAUSE;
            return places.pausedUntil();
        }
        long circuitAt = circuit.startAt(now);
        if (circuitAt > now) {
            obstacle = Obstacle.CIRCUIT;
            return circuitAt;
        }
        obstacle = Obstacle.CAP;
        return cap.startAt(now);
    }

    /** Returns the call that starts next, or null where none can: the most urgent, unless it is another's turn. */
    private @Nullable Ticket nextStartable(Queue waiting, long now) {
        Ticket aged = waiting.lanes.agedHead(now);
        if (aged != null && hasRoom(aged, now - aged.since < STARVING, now)) {
            return aged;
        }
        for (Lane lane : LANES) {
            Ticket head = waiting.lanes.head(lane);
            while (head != null) {
                if (hasRoom(head, lane != Lane.INTERACTIVE, now)) {
                    return head;
                }
                head = waiting.lanes.head(lane) == head ? null : waiting.lanes.head(lane);
            }
        }
        return null;
    }

    /** Where there is no room before a call's deadline, the call fails now, and the next of its lane has to be asked. */
    private boolean hasRoom(Ticket ticket, boolean keepsReserve, long now) {
        long at = roomAt(ticket.lane, ticket.request.units(), keepsReserve, now);
        if (at <= now) {
            return true;
        }
        if (at != GuardClock.NEVER && at >= ticket.deadlineAt) {
            leaveQueue(ticket);
            refuse(ticket, Refusals.noRoom(ticket.request, obstacle.text, clock.instantOf(at, now)));
        } else if (obstacle == Obstacle.QUOTA) {
            alarm.by(at, now);
        }
        nextStart = Math.min(nextStart, at);
        return false;
    }

    private long roomAt(Lane lane, int units, boolean keepsReserve, long now) {
        long at = quotas.roomAt(units, keepsReserve, now);
        if (at > now) {
            obstacle = Obstacle.QUOTA;
            return at;
        }
        for (int i = 0; i < shared.length; i++) {
            at = shared[i].scope.admit(shared[i], lane, units, keepsReserve, now);
            if (at > now) {
                obstacle = Obstacle.SHARED;
                undo(i, lane, units, now);
                return at;
            }
        }
        return now;
    }

    private void undo(int granted, Lane lane, int units, long now) {
        for (int i = 0; i < granted; i++) {
            shared[i].scope.undo(lane, units, now, now);
        }
    }

    private void start(Cancellation flight, Lane lane, long now) {
        if (circuit.start(now)) {
            circuitChanged(Reach.ACCOUNT, circuit, now);
        }
        cap.start(now);
        QuotaMeter warning = quotas.charge(flight.units(), lane, now);
        if (warning != null) {
            quotaHigh(warning, now);
        }
        places.take(flight);
        alarm.by(flight.limitAt(), now);
    }

    private void leaveQueue(Ticket ticket) {
        queue().lanes.remove(ticket);
        queue().deadlines.remove(ticket);
    }

    private void refuse(Ticket ticket, MailException failure) {
        MailException counted = ticket.notSent(failure);
        ticket.refuse(counted);
        if (announcements != null) {
            announcements.error(ticket, counted, clock.now());
        }
        afterwards.add(ticket);
    }

    /** The circuit is open for longer than some can wait: they learn it now. */
    private void failHopeless(Queue waiting, long until, long now) {
        if (until == GuardClock.NEVER || obstacle == Obstacle.PLACES) {
            return;
        }
        for (Ticket ticket = waiting.deadlines.takeDue(until);
                ticket != null;
                ticket = waiting.deadlines.takeDue(until)) {
            waiting.lanes.remove(ticket);
            refuse(ticket, hopeless(ticket, clock.instantOf(until, now), now));
        }
    }

    private MailException hopeless(Ticket ticket, Instant until, long now) {
        if (obstacle != Obstacle.CIRCUIT) {
            return Refusals.noRoom(ticket.request, obstacle.text, until);
        }
        return circuit.cause(now) == CircuitCause.FAILING
                ? Refusals.open(ticket.request, until)
                : Refusals.throttled(ticket.request, until);
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
        boolean more;
        synchronized (lock) {
            long now = needsTime() ? clock.now() : flight.startedAt();
            if (!release(flight, now)) {
                return false;
            }
            if (circuit.success(flight.startedAt())) {
                circuitChanged(Reach.ACCOUNT, circuit, now);
            }
            ended(Health.GOOD, flight, now);
            tokens.success(attempt > 1);
            places.success(now);
            everSucceeded = true;
            lastSuccess = now;
            if (announcements != null) {
                announcements.attempt(request, LANES[flight.lane()], flight, attempt, waited, null, now);
            }
            if (isAnyoneWaiting()) {
                startWaiting(now);
            }
            more = afterwards.isPending();
        }
        runAfterwards(more);
        return true;
    }

    /** The clock is slow compared with everything else here, so it is read only where the time of the end matters. */
    private boolean needsTime() {
        return shared.length > 0 || !quotas.isEmpty() || announcements != null || isAnyoneWaiting();
    }

    /**
     * Ends an attempt that failed, and puts its call to rest where it may be repeated.
     *
     * @return what to tell the caller, or null where the call will get another turn
     */
    @Nullable
    MailException failed(Ticket ticket, Cancellation flight, MailException thrown) {
        MailException end;
        boolean more;
        synchronized (lock) {
            long now = clock.now();
            MailException failure = flight.reason() == null ? thrown : broken(ticket.request, flight, thrown, now);
            if (release(flight, now)) {
                takeNote(failure, flight, now);
            }
            end = ended(ticket, flight, failure, now);
            startWaiting(now);
            more = afterwards.isPending();
        }
        runAfterwards(more);
        return end;
    }

    private @Nullable MailException ended(Ticket ticket, Cancellation flight, MailException failure, long now) {
        MailException counted = ticket.failedWith(failure);
        if (announcements != null) {
            long waited = flight.startedAt() - ticket.waitingSince;
            announcements.attempt(ticket.request, ticket.lane, flight, ticket.attempts(), waited, failure.kind(), now);
        }
        MailException end = repeatOrEnd(ticket, counted, now);
        if (end != null && announcements != null) {
            announcements.error(ticket, end, now);
        }
        return end;
    }

    private MailException broken(Request request, Cancellation flight, @Nullable Throwable thrown, long now) {
        CancelReason reason = flight.reason();
        Duration took = Duration.ofNanos(Math.min(now, flight.limitAt()) - flight.startedAt());
        return Refusals.broken(request, reason == null ? CancelReason.ABANDONED : reason, took, thrown);
    }

    /** Frees the flight's place and ends its charges; answers false where that was done before. */
    private boolean release(Cancellation flight, long now) {
        if (!places.free(flight)) {
            return false;
        }
        Lane lane = LANES[flight.lane()];
        int actual = flight.actualUnits();
        quotas.settle(flight.units(), actual, lane, now);
        for (ScopeMember member : shared) {
            member.scope.settle(flight.units(), actual, lane, now);
        }
        return true;
    }

    private void ended(Health health, Cancellation flight, long now) {
        for (ScopeMember member : shared) {
            if (member.scope.ended(member, health, flight.startedAt(), now)) {
                afterwards.add(member.scope::ring);
            }
        }
    }

    /** Draws the conclusions of a failure: for the circuits, and for how much may be in flight. */
    private void takeNote(MailException failure, Cancellation flight, long now) {
        boolean longEnough =
                now - flight.startedAt() >= settings.attemptTimeout().toNanos() / 2;
        Health health = Health.of(failure, longEnough);
        noteHealth(health, flight, now);
        ended(health, flight, now);
        Instant retryAt = failure.retryAt().orElse(null);
        if (retryAt != null) {
            throttle(failure, Math.max(1, clock.of(retryAt, now)), flight.startedAt(), now);
        } else if (failure.kind() == Kind.THROTTLED) {
            throttle(failure, 0, flight.startedAt(), now);
        }
        if (failure.kind() == Kind.CONCURRENCY) {
            lowerPlaces(failure, flight, now);
        }
    }

    private void noteHealth(Health health, Cancellation flight, long now) {
        boolean changed = false;
        switch (health) {
            case GOOD -> changed = circuit.success(flight.startedAt());
            case BAD -> changed = circuit.failure(flight.startedAt(), now);
            default -> circuit.neutral(flight.startedAt());
        }
        if (changed) {
            circuitChanged(Reach.ACCOUNT, circuit, now);
        }
    }

    private void throttle(MailException failure, long until, long startedAt, long now) {
        Reach reach = failure.reach();
        for (ScopeMember member : shared) {
            if (member.scope.reach() == reach) {
                throttled(failure, reach, member.scope.throttle(member, until, startedAt, now), now);
                return;
            }
        }
        boolean changed = until > 0 ? circuit.throttle(until, now) : circuit.throttleUnstated(startedAt, now);
        if (changed) {
            circuitChanged(Reach.ACCOUNT, circuit, now);
        }
        throttled(failure, Reach.ACCOUNT, circuit.openUntil(), now);
    }

    private void throttled(MailException failure, Reach reach, long until, long now) {
        if (until > now) {
            traffic.throttle(clock.raw(now), clock.raw(until));
            paused(failure, reach, until, now);
        }
    }

    private void paused(MailException failure, Reach reach, long until, long now) {
        if (announcements != null) {
            boolean stated = failure.retryAt().isPresent();
            Kind kind = failure.kind() == Kind.CONCURRENCY ? Kind.CONCURRENCY : Kind.THROTTLED;
            announcements.throttle(reach, kind, until, stated, places.limit(now), now);
        }
    }

    private void lowerPlaces(MailException failure, Cancellation flight, long now) {
        if (places.lower(flight.startedAt(), CONCURRENCY_PAUSE, now)) {
            paused(failure, Reach.ACCOUNT, Math.min(places.pausedUntil(), now + LONGEST_CONCURRENCY_PAUSE), now);
        }
    }

    private @Nullable MailException repeatOrEnd(Ticket ticket, MailException failure, long now) {
        RetryPolicy policy = settings.retryPolicy();
        if (closed || !ticket.request.mayRepeatAfter(failure) || ticket.attempts() >= policy.maxAttempts()) {
            return failure;
        }
        long backoff = policy.backoff(ticket.attempts(), clock.time().random()).toNanos();
        long stated = failure.retryAt().map(at -> clock.of(at, now) - now).orElse(0L);
        long until = now + Math.max(backoff, stated);
        if (until >= ticket.deadlineAt || until - ticket.since > policy.total().toNanos() || !tokens.takeRetry()) {
            return failure;
        }
        return repeat(ticket, failure, until, now);
    }

    private @Nullable MailException repeat(Ticket ticket, MailException failure, long until, long now) {
        long rest = ownLimitRest(ticket, now);
        if (rest < 0) {
            return failure;
        }
        traffic.countRetry();
        ticket.waitingSince = now;
        long restUntil = Math.max(until, now + rest);
        if (announcements != null) {
            announcements.retry(ticket, failure, restUntil, now);
        }
        rest(ticket, restUntil, now);
        return null;
    }

    /** Takes a call out, wherever it is: its caller has given up. What is in flight is broken and its place is free at once. */
    void withdraw(Ticket ticket) {
        boolean more;
        synchronized (lock) {
            long now = clock.now();
            if (ticket.queued) {
                leaveQueue(ticket);
            } else if (queue != null) {
                queue.rests.remove(ticket);
            }
            Cancellation flight = ticket.takeFlight();
            if (flight != null) {
                breakOff(flight, CancelReason.ABANDONED, now);
            }
            startWaiting(now);
            more = afterwards.isPending();
        }
        runAfterwards(more);
    }

    /** Gives back a place that was not used: the account has been told to wait since it was granted. False where it may be used. */
    boolean giveBackIfPaused(Ticket ticket, Cancellation flight) {
        boolean more;
        synchronized (lock) {
            long now = clock.now();
            if (closed || openUntil() <= now || !places.free(flight)) {
                return false;
            }
            refund(flight, now);
            queue().lanes.addFirst(ticket);
            queue().deadlines.add(ticket, ticket.deadlineAt);
            startWaiting(now);
            more = afterwards.isPending();
        }
        runAfterwards(more);
        return true;
    }

    /** Asks the limits that processes share, or answers null where there are none. */
    @Nullable
    CompletableFuture<Verdict> askShared(Ticket ticket) {
        SharedLink asked = link;
        if (asked == null) {
            return null;
        }
        Demand demand;
        synchronized (lock) {
            demand = asked.demand(quotas, ticket.lane, ticket.request.units(), clock.now());
        }
        return asked.ask(demand);
    }

    /**
     * Obeys the answer of the limits that processes share; answers whether the attempt may be made. Where it may not, its place is
     * free again and the call gets another turn, or fails where that would be too late.
     */
    boolean isGranted(Ticket ticket, Cancellation flight, Verdict verdict) {
        if (verdict instanceof Verdict.Granted) {
            return true;
        }
        boolean more;
        synchronized (lock) {
            long now = clock.now();
            if (!places.free(flight)) {
                return true;
            }
            refund(flight, now);
            long until =
                    verdict instanceof Verdict.NoRoom full ? now + full.delay().toNanos() : openElsewhere(verdict, now);
            if (until >= ticket.deadlineAt) {
                refuse(ticket, Refusals.noRoom(ticket.request, Obstacle.ELSEWHERE.text, clock.instantOf(until, now)));
            } else {
                rest(ticket, until, now);
            }
            startWaiting(now);
            more = afterwards.isPending();
        }
        runAfterwards(more);
        return false;
    }

    private long openElsewhere(Verdict verdict, long now) {
        if (!(verdict instanceof Verdict.Open open) || link == null) {
            return now + 1;
        }
        long until = Math.max(now + 1, clock.of(open.opening().until(), now));
        ScopeMember member = link.member(open.opening().scope());
        CircuitCause cause = open.opening().cause();
        if (member != null) {
            var unused = member.scope.openedElsewhere(cause, until, now);
        } else if (cause == CircuitCause.FAILING) {
            var unused = circuit.openFailing(until, now);
        } else {
            var unused = circuit.throttle(until, now);
        }
        return until;
    }

    private void refund(Cancellation flight, long now) {
        quotas.settle(flight.units(), 0, LANES[flight.lane()], now);
        for (ScopeMember member : shared) {
            member.scope.undo(LANES[flight.lane()], flight.units(), flight.startedAt(), now);
        }
        circuit.neutral(flight.startedAt());
    }

    private void breakOff(Cancellation flight, CancelReason reason, long now) {
        if (release(flight, now)) {
            noteHealth(Health.UNKNOWN, flight, now);
            ended(Health.UNKNOWN, flight, now);
        }
        Runnable breaking = flight.mark(reason);
        if (breaking != null) {
            afterwards.add(breaking);
        }
    }

    // ---- time
    // ---------------------------------------------------------------------------------------------------------------

    private void alarmRang() {
        boolean more;
        synchronized (lock) {
            long now = clock.now();
            alarm.rang();
            breakLate(now);
            wakeRested(now);
            failPassed(now);
            startWaiting(now);
            alarm.by(places.earliestLimit(), now);
            Queue waiting = queue;
            if (waiting != null) {
                alarm.by(Math.min(waiting.deadlines.firstDue(), waiting.rests.firstDue()), now);
            }
            more = afterwards.isPending();
        }
        runAfterwards(more);
    }

    private void breakLate(long now) {
        for (int i = places.taken() - 1; i >= 0; i--) {
            Cancellation flight = places.flight(i);
            if (flight.limitAt() <= now) {
                breakLate(flight, now);
            }
        }
    }

    private void breakLate(Cancellation flight, long now) {
        boolean ownLimit = now - flight.startedAt() >= settings.attemptTimeout().toNanos() / 2;
        var unused = release(flight, now);
        Health health = flight.endsWithDeadline() && !ownLimit ? Health.UNKNOWN : Health.BAD;
        noteHealth(health, flight, now);
        ended(health, flight, now);
        Runnable breaking = flight.mark(flight.endsWithDeadline() ? CancelReason.DEADLINE : CancelReason.TIMEOUT);
        if (breaking != null) {
            afterwards.add(breaking);
        }
        afterwards.add(flight::broken);
    }

    private void wakeRested(long now) {
        Queue waiting = queue;
        if (waiting == null) {
            return;
        }
        for (Ticket ticket = waiting.rests.takeDue(now); ticket != null; ticket = waiting.rests.takeDue(now)) {
            waiting.lanes.addFirst(ticket);
            waiting.deadlines.add(ticket, ticket.deadlineAt);
        }
    }

    private void failPassed(long now) {
        Queue waiting = queue;
        if (waiting == null) {
            return;
        }
        for (Ticket ticket = waiting.deadlines.takeDue(now); ticket != null; ticket = waiting.deadlines.takeDue(now)) {
            waiting.lanes.remove(ticket);
            refuse(ticket, Refusals.passedWaiting(ticket.request, obstacle.text));
        }
    }

    /** Looks whether anything may start now: a scope that is shared with others has room. */
    void look() {
        boolean more;
        synchronized (lock) {
            startWaiting(clock.now());
            more = afterwards.isPending();
        }
        runAfterwards(more);
    }

    private void runAfterwards(boolean pending) {
        if (!pending) {
            return;
        }
        synchronized (lock) {
            if (!afterwards.begin()) {
                return;
            }
        }
        for (Runnable action = next(); action != null; action = next()) {
            action.run();
        }
    }

    private @Nullable Runnable next() {
        synchronized (lock) {
            return afterwards.next();
        }
    }

    // ---- what a shared scope tells, with this gate's lock held
    // ---------------------------------------------------------------

    void circuitChanged(Reach reach, Circuit changed, long now) {
        if (announcements != null) {
            announcements.circuit(reach, changed, now);
        }
        Runnable news = link == null ? null : link.news(reach, changed, now);
        if (news != null) {
            afterwards.add(news);
        }
    }

    void quotaHigh(QuotaMeter meter, long now) {
        if (announcements != null) {
            announcements.limit(meter, now);
        }
    }

    // ---- looking and closing
    // -------------------------------------------------------------------------------------------------

    /** Returns until when the account's circuit, or one that it shares, is open. */
    private long openUntil() {
        long until = circuit.openUntil();
        for (ScopeMember member : shared) {
            until = Math.max(until, member.scope.openUntil());
        }
        return until;
    }

    @Nullable
    Instant pausedUntil() {
        synchronized (lock) {
            long now = clock.now();
            long until = openUntil();
            return until > now ? clock.instantOf(until, now) : null;
        }
    }

    void reset() {
        synchronized (lock) {
            circuit.reset();
            places.reset();
        }
        look();
    }

    /** Refuses what comes from now on; answers whether nothing waits or is in flight. */
    boolean drained() {
        synchronized (lock) {
            draining = true;
            return places.taken() == 0 && waiting() == 0;
        }
    }

    private int waiting() {
        return queue == null ? 0 : queue.lanes.size() + queue.rests.size();
    }

    /** Fails what waits and breaks what is in flight. */
    void close() {
        boolean more;
        synchronized (lock) {
            closed = true;
            long now = clock.now();
            while (places.taken() > 0) {
                Cancellation flight = places.flight(places.taken() - 1);
                breakOff(flight, CancelReason.CLOSED, now);
                afterwards.add(flight::broken);
            }
            refuseAll();
            alarm.cancel();
            more = afterwards.isPending();
        }
        runAfterwards(more);
    }

    private void refuseAll() {
        Queue waiting = queue;
        if (waiting == null) {
            return;
        }
        for (Ticket ticket = waiting.rests.takeDue(GuardClock.NEVER);
                ticket != null;
                ticket = waiting.rests.takeDue(GuardClock.NEVER)) {
            refuse(ticket, Refusals.closed());
        }
        for (Ticket ticket = waiting.deadlines.takeDue(GuardClock.NEVER);
                ticket != null;
                ticket = waiting.deadlines.takeDue(GuardClock.NEVER)) {
            waiting.lanes.remove(ticket);
            refuse(ticket, Refusals.closed());
        }
    }

    Explanation explain() {
        synchronized (lock) {
            long now = clock.now();
            List<Explanation.Circuit> circuits = new ArrayList<>();
            circuits.add(explain(Reach.ACCOUNT, circuit, clock, now));
            for (ScopeMember member : shared) {
                circuits.add(member.scope.explain(now));
            }
            return new Explanation(
                    clock.instantOf(now, now),
                    (queue == null ? new Lanes() : queue.lanes).waiting(now),
                    queue == null ? 0 : queue.rests.size(),
                    places.taken(),
                    places.limit(now),
                    settings.maxInFlight(),
                    circuits,
                    ledger(now),
                    tokens.left(),
                    everSucceeded ? clock.instantOf(lastSuccess, now) : null,
                    nextAttempt(now),
                    link != null && link.isReachable());
        }
    }

    private @Nullable Instant nextAttempt(long now) {
        long next = Math.min(nextStart, queue == null ? GuardClock.NEVER : queue.rests.firstDue());
        return next == GuardClock.NEVER ? null : clock.instantOf(Math.max(now, next), now);
    }

    static Explanation.Circuit explain(Reach reach, Circuit circuit, GuardClock clock, long now) {
        CircuitState state = circuit.state(now);
        Instant until = state == CircuitState.OPEN ? clock.instantOf(circuit.openUntil(), now) : null;
        return new Explanation.Circuit(reach, state, circuit.cause(now), until);
    }

    Ledger ledger() {
        synchronized (lock) {
            return ledger(clock.now());
        }
    }

    private Ledger ledger(long now) {
        List<Ledger.Balance> balances = new ArrayList<>();
        for (QuotaMeter meter : quotas.meters()) {
            balances.add(meter.balance(clock, now));
        }
        for (ScopeMember member : shared) {
            member.scope.addBalances(balances, now);
        }
        return new Ledger(settings.quota().name(), balances);
    }
}
