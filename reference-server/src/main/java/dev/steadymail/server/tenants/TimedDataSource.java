package dev.steadymail.server.tenants;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Connections that tell which statements are slow: the text with its question marks, never what is put in for them. */
final class TimedDataSource extends DelegatingDataSource {
    private static final Logger LOG = LoggerFactory.getLogger(TimedDataSource.class);

    /** Tells the log. */
    static final Listener TO_LOG = (sql, took) ->
            LOG.warn("a statement took {} ms: {}", took.toMillis(), sql.strip().replaceAll("\\s+", " "));

    private final Duration slow;
    private final Listener listener;

    /**
     * Makes a data source.
     *
     * @param slow statements that take longer are told
     */
    TimedDataSource(DataSource pool, Duration slow, Listener listener) {
        super(pool);
        this.slow = slow;
        this.listener = listener;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return proxy(Connection.class, new Timed(this, super.getConnection(), ""));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(TimedDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private void took(long nanos, String sql) {
        Duration time = Duration.ofNanos(nanos);
        if (time.compareTo(slow) > 0) {
            listener.slow(sql, time);
        }
    }

    /** Who is told; called on the thread that ran the statement. */
    interface Listener {
        void slow(String sql, Duration took);
    }

    /**
     * A connection or a statement of it.
     *
     * @param sql the text of a prepared statement, else empty
     */
    private record Timed(TimedDataSource source, Object target, String sql) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            String text =
                    arguments != null && arguments.length > 0 && arguments[0] instanceof String given ? given : sql;
            if (target instanceof Statement && method.getName().startsWith("execute")) {
                long began = System.nanoTime();
                try {
                    return pass(method, arguments);
                } finally {
                    source.took(System.nanoTime() - began, text);
                }
            }
            Object result = pass(method, arguments);
            return result instanceof Statement
                            && target instanceof Connection
                            && !method.getName().equals("unwrap")
                    ? proxy(method.getReturnType(), new Timed(source, result, text))
                    : result;
        }

        private @Nullable Object pass(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getTargetException();
            }
        }
    }
}
