package dev.steadymail.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.steadymail.event.ClientEvent.SyncEvent;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TracingTest {
    private static final AccountId ACCOUNT = new AccountId("account");
    private static final SyncEvent EVENT = new SyncEvent(
            Instant.EPOCH, ACCOUNT, Protocol.IMAP, SyncEvent.Mode.FULL, 1, 0, 0, 0, 0, Duration.ZERO, null);

    private final List<String> told = new ArrayList<>();

    @Test
    void all_tellsBeginningsInOrderAndEndsInTheOppositeOne() {
        Tracing all = Tracing.all(List.of(new Told("a"), new Told("b"), new Told("c")));
        followCall(all, Kind.TIMEOUT);
        assertEquals(
                List.of(
                        "a call list",
                        "b call list",
                        "c call list",
                        "a attempt 5",
                        "b attempt 5",
                        "c attempt 5",
                        "c left",
                        "b left",
                        "a left",
                        "c attempt TIMEOUT 6",
                        "b attempt TIMEOUT 6",
                        "a attempt TIMEOUT 6",
                        "c TIMEOUT 7",
                        "b TIMEOUT 7",
                        "a TIMEOUT 7"),
                told);
    }

    @Test
    void all_tellsOfWorkAndHeadersAndTasks() {
        Tracing all = Tracing.all(List.of(new Told("a"), new Told("b")));
        all.work(Tracing.Work.SYNC, ACCOUNT, Protocol.IMAP).ended(EVENT);
        all.headers((name, value) -> told.add(name + ": " + value));
        all.carrying(Runnable::run).execute(() -> told.add("task"));
        assertEquals(
                List.of("a SYNC", "b SYNC", "b done", "a done", "from: a", "from: b", "b carries", "a carries", "task"),
                told);
    }

    @Test
    void all_survivesWhatOneThrows() {
        for (Tracing broken : List.of(new Broken(true), new Broken(false))) {
            told.clear();
            Tracing all = Tracing.all(List.of(new Told("a"), broken, new Told("b"), broken));
            followCall(all, Kind.TIMEOUT);
            followCall(all, null);
            all.work(Tracing.Work.SYNC, ACCOUNT, Protocol.IMAP).ended(EVENT);
            all.headers((name, value) -> told.add(name + ": " + value));
            all.carrying(Runnable::run).execute(() -> told.add("task"));
            assertEquals(
                    List.of(
                            "a call list",
                            "b call list",
                            "a attempt 5",
                            "b attempt 5",
                            "b left",
                            "a left",
                            "b attempt TIMEOUT 6",
                            "a attempt TIMEOUT 6",
                            "b TIMEOUT 7",
                            "a TIMEOUT 7",
                            "a call list",
                            "b call list",
                            "a attempt 5",
                            "b attempt 5",
                            "b left",
                            "a left",
                            "b attempt succeeded",
                            "a attempt succeeded",
                            "b succeeded",
                            "a succeeded",
                            "a SYNC",
                            "b SYNC",
                            "b done",
                            "a done",
                            "from: a",
                            "from: b",
                            "b carries",
                            "a carries",
                            "task"),
                    told);
        }
    }

    @Test
    void all_ofThoseThatFollowNothing_followsNothing() {
        Tracing nothing = Tracing.all(List.of());
        assertNull(nothing.call(ACCOUNT, Protocol.IMAP, "list", Lane.DELTA));
        assertSame(WorkTrace.NONE, nothing.work(Tracing.Work.SYNC, ACCOUNT, Protocol.IMAP));
        assertNull(Tracing.all(List.of(nothing, nothing)).call(ACCOUNT, Protocol.IMAP, "list", Lane.DELTA));
        assertNotNull(Tracing.all(List.of(nothing, new Told("a"))).call(ACCOUNT, Protocol.IMAP, "list", Lane.DELTA));
    }

    @Test
    void all_ofOneThatFails_doesNoHarm() {
        followCall(Tracing.all(List.of(new Broken(false))), null);
        Tracing.all(List.of(new Broken(true))).carrying(Runnable::run).execute(() -> told.add("task"));
        assertEquals(List.of("task"), told);
    }

    @Test
    void all_ofOneThatIsCarefulAlready_isThatOne() {
        Tracing all = Tracing.all(List.of(new Told("a"), new Told("b")));
        assertSame(all, Tracing.all(List.of(all)));
    }

    private static void followCall(Tracing tracing, @Nullable Kind failure) {
        CallTrace call = tracing.call(ACCOUNT, Protocol.IMAP, "list", Lane.DELTA);
        assertNotNull(call);
        call.attemptBegan(1, 5);
        call.attemptLeft(1);
        if (failure == null) {
            call.attemptSucceeded(1);
            call.succeeded();
        } else {
            call.attemptFailed(1, failure, 6);
            call.failed(failure, 7);
        }
    }

    private final class Told implements Tracing {
        private final String name;

        Told(String name) {
            this.name = name;
        }

        private void tell(String what) {
            told.add(name + " " + what);
        }

        @Override
        public CallTrace call(AccountId account, Protocol protocol, String operation, Lane lane) {
            tell("call " + operation);
            return new ToldCall(this);
        }

        @Override
        public WorkTrace work(Work work, AccountId account, Protocol protocol) {
            tell(work.name());
            return event -> tell("done");
        }

        @Override
        public Executor carrying(Executor executor) {
            return task -> {
                tell("carries");
                executor.execute(task);
            };
        }

        @Override
        public void headers(BiConsumer<String, String> header) {
            header.accept("from", name);
        }
    }

    private record ToldCall(Told by) implements CallTrace {
        @Override
        public void attemptBegan(int attempt, long waitedNanos) {
            by.tell("attempt " + waitedNanos);
        }

        @Override
        public void attemptLeft(int attempt) {
            by.tell("left");
        }

        @Override
        public void attemptSucceeded(int attempt) {
            by.tell("attempt succeeded");
        }

        @Override
        public void attemptFailed(int attempt, Kind failure, long tookNanos) {
            by.tell("attempt " + failure + " " + tookNanos);
        }

        @Override
        public void succeeded() {
            by.tell("succeeded");
        }

        @Override
        public void failed(Kind failure, long waitedNanos) {
            by.tell(failure + " " + waitedNanos);
        }
    }

    /** Fails at once, or in everything that follows. */
    private record Broken(boolean atOnce) implements Tracing {
        @Override
        public CallTrace call(AccountId account, Protocol protocol, String operation, Lane lane) {
            if (atOnce) {
                throw new IllegalStateException("planted");
            }
            return new BrokenCall();
        }

        @Override
        public WorkTrace work(Work work, AccountId account, Protocol protocol) {
            if (atOnce) {
                throw new IllegalStateException("planted");
            }
            return event -> {
                throw new IllegalStateException("planted");
            };
        }

        @Override
        public Executor carrying(Executor executor) {
            throw new IllegalStateException("planted");
        }

        @Override
        public void headers(BiConsumer<String, String> header) {
            throw new IllegalStateException("planted");
        }
    }

    private static final class BrokenCall implements CallTrace {
        @Override
        public void attemptBegan(int attempt, long waitedNanos) {
            throw new IllegalStateException("planted");
        }

        @Override
        public void attemptLeft(int attempt) {
            throw new IllegalStateException("planted");
        }

        @Override
        public void attemptSucceeded(int attempt) {
            throw new IllegalStateException("planted");
        }

        @Override
        public void attemptFailed(int attempt, Kind failure, long tookNanos) {
            throw new IllegalStateException("planted");
        }

        @Override
        public void succeeded() {
            throw new IllegalStateException("planted");
        }

        @Override
        public void failed(Kind failure, long waitedNanos) {
            throw new IllegalStateException("planted");
        }
    }
}
