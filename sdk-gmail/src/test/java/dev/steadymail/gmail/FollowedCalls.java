package dev.steadymail.gmail;

import dev.steadymail.event.CallTrace;
import dev.steadymail.event.Tracing;
import dev.steadymail.event.WorkTrace;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Follows calls as a library of traces does: what a thread is doing is known by thread, and goes along where asked to. */
final class FollowedCalls implements Tracing {
    static final String FIELD = "traceparent";

    /** What each call was part of. */
    final List<String> parents = new CopyOnWriteArrayList<>();

    private final ThreadLocal<@Nullable String> current = new ThreadLocal<>();

    /** Does something as part of something. */
    void during(String what, Runnable task) {
        String before = current.get();
        current.set(what);
        try {
            task.run();
        } finally {
            current.set(before);
        }
    }

    @Override
    public CallTrace call(AccountId account, Protocol protocol, String operation, Lane lane) {
        parents.add(operation + " of " + current.get());
        return new Followed(operation);
    }

    @Override
    public WorkTrace work(Work work, AccountId account, Protocol protocol) {
        return WorkTrace.NONE;
    }

    @Override
    public Executor carrying(Executor executor) {
        return task -> {
            String what = String.valueOf(current.get());
            executor.execute(() -> during(what, task));
        };
    }

    @Override
    public void headers(BiConsumer<String, String> header) {
        header.accept(FIELD, String.valueOf(current.get()));
    }

    private final class Followed implements CallTrace {
        private final String operation;
        private @Nullable String before;

        Followed(String operation) {
            this.operation = operation;
        }

        @Override
        public void attemptBegan(int attempt, long waitedNanos) {
            before = current.get();
            current.set(operation + " " + attempt);
        }

        @Override
        public void attemptLeft(int attempt) {
            current.set(before);
        }

        @Override
        public void succeeded() {}

        @Override
        public void failed(Kind failure, long waitedNanos) {}
    }
}
