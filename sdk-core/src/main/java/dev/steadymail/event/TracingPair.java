package dev.steadymail.event;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Protocol;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two that follow work, of which the second may be such a pair again: a call through two of them makes no list. What they throw is logged.
 *
 * @param first told of beginnings first, of ends last
 * @param rest the other, or null where there is none
 */
record TracingPair(Tracing first, @Nullable Tracing rest) implements Tracing {
    private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);

    static Tracing of(List<? extends Tracing> followers) {
        if (followers.isEmpty()) {
            return NobodyFollows.TRACING;
        }
        int last = followers.size() - 1;
        if (last == 0) {
            Tracing only = followers.get(0);
            return only instanceof TracingPair ? only : new TracingPair(only, null);
        }
        Tracing all = followers.get(last);
        for (int i = last - 1; i >= 0; i--) {
            all = new TracingPair(followers.get(i), all);
        }
        return all;
    }

    @Override
    public @Nullable CallTrace call(AccountId account, Protocol protocol, String operation, Lane lane) {
        CallTrace one = call(first, account, protocol, operation, lane);
        CallTrace other = rest == null ? null : call(rest, account, protocol, operation, lane);
        return one == null && other == null ? null : new CallTracePair(one, other);
    }

    private static @Nullable CallTrace call(
            Tracing asked, AccountId account, Protocol protocol, String operation, Lane lane) {
        try {
            return asked.call(account, protocol, operation, lane);
        } catch (RuntimeException | LinkageError fault) {
            failed(fault);
            return null;
        }
    }

    @Override
    public WorkTrace work(Work work, AccountId account, Protocol protocol) {
        WorkTrace one = asked(() -> first.work(work, account, protocol), WorkTrace.NONE);
        Tracing others = rest;
        WorkTrace other =
                others == null ? WorkTrace.NONE : asked(() -> others.work(work, account, protocol), WorkTrace.NONE);
        return event -> {
            told(() -> other.ended(event));
            told(() -> one.ended(event));
        };
    }

    @Override
    public Executor carrying(Executor executor) {
        Executor carrying = asked(() -> first.carrying(executor), executor);
        Tracing others = rest;
        return others == null ? carrying : asked(() -> others.carrying(carrying), carrying);
    }

    @Override
    public void headers(BiConsumer<String, String> header) {
        told(() -> first.headers(header));
        Tracing others = rest;
        if (others != null) {
            told(() -> others.headers(header));
        }
    }

    private static <T> T asked(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (RuntimeException | LinkageError fault) {
            failed(fault);
            return otherwise;
        }
    }

    private static void told(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException | LinkageError fault) {
            failed(fault);
        }
    }

    static void failed(Throwable fault) {
        LOG.warn("What follows the work of clients failed; the work goes on", fault);
    }

    /** What is left where nobody is. */
    private enum NobodyFollows implements Tracing {
        TRACING;

        @Override
        public @Nullable CallTrace call(AccountId account, Protocol protocol, String operation, Lane lane) {
            return null;
        }

        @Override
        public WorkTrace work(Work work, AccountId account, Protocol protocol) {
            return WorkTrace.NONE;
        }
    }
}
