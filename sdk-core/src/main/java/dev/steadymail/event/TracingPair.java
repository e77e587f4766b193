package dev.steadymail.event;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One that follows work and the rest of them, so that a call through two of them makes no list. What one throws is logged.
 *
 * @param first told of beginnings first, of ends last
 * @param rest the others, or null where there are none
 */
record TracingPair(Tracing first, @Nullable TracingPair rest) implements Tracing {
    private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);

    static Tracing of(List<? extends Tracing> followers) {
        if (followers.size() == 1 && followers.get(0) instanceof TracingPair careful) {
            return careful;
        }
        TracingPair pair = null;
        for (int i = followers.size() - 1; i >= 0; i--) {
            pair = new TracingPair(followers.get(i), pair);
        }
        return pair == null ? NobodyFollows.TRACING : pair;
    }

    @Override
    public @Nullable CallTrace call(AccountId account, Protocol protocol, String operation, Lane lane) {
        CallTrace one = null;
        try {
            one = first.call(account, protocol, operation, lane);
        } catch (RuntimeException fault) {
            failed(fault);
        }
        CallTrace others = rest == null ? null : rest.call(account, protocol, operation, lane);
        return one == null ? others : new PairOfCalls(one, others);
    }

    @Override
    public WorkTrace work(Work work, AccountId account, Protocol protocol) {
        WorkTrace one = asked(() -> first.work(work, account, protocol), WorkTrace.NONE);
        WorkTrace others = rest == null ? WorkTrace.NONE : rest.work(work, account, protocol);
        return event -> {
            others.ended(event);
            told(() -> one.ended(event));
        };
    }

    @Override
    public Executor carrying(Executor executor) {
        Executor carrying = asked(() -> first.carrying(executor), executor);
        return rest == null ? carrying : rest.carrying(carrying);
    }

    @Override
    public void headers(BiConsumer<String, String> header) {
        told(() -> first.headers(header));
        if (rest != null) {
            rest.headers(header);
        }
    }

    private static <T> T asked(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (RuntimeException fault) {
            failed(fault);
            return otherwise;
        }
    }

    private static void told(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException fault) {
            failed(fault);
        }
    }

    private static void failed(RuntimeException fault) {
        LOG.warn("What follows the work of clients failed; the work goes on", fault);
    }

    /** The traces of one call. */
    private record PairOfCalls(CallTrace first, @Nullable CallTrace rest) implements CallTrace {
        @Override
        public AttemptTrace attempt(long waitedNanos) {
            AttemptTrace one = null;
            try {
                one = first.attempt(waitedNanos);
            } catch (RuntimeException fault) {
                failed(fault);
            }
            return new PairOfAttempts(one, rest == null ? null : rest.attempt(waitedNanos));
        }

        @Override
        public void ended(@Nullable Kind failure) {
            if (rest != null) {
                rest.ended(failure);
            }
            try {
                first.ended(failure);
            } catch (RuntimeException fault) {
                failed(fault);
            }
        }
    }

    /** The traces of one attempt. */
    private record PairOfAttempts(
            CallTrace.@Nullable AttemptTrace first, CallTrace.@Nullable AttemptTrace rest)
            implements CallTrace.AttemptTrace {
        @Override
        public void detach() {
            if (rest != null) {
                rest.detach();
            }
            try {
                if (first != null) {
                    first.detach();
                }
            } catch (RuntimeException fault) {
                failed(fault);
            }
        }

        @Override
        public void ended(@Nullable Kind failure) {
            if (rest != null) {
                rest.ended(failure);
            }
            try {
                if (first != null) {
                    first.ended(failure);
                }
            } catch (RuntimeException fault) {
                failed(fault);
            }
        }
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
