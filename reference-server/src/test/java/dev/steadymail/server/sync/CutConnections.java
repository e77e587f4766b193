package dev.steadymail.server.sync;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Connections that break before the n-th statement or commit, as they do when the process is killed there. */
public final class CutConnections {
    private final DataSource source;
    private int left;
    private boolean cut;

    public CutConnections(DataSource source, int steps) {
        this.source = source;
        this.left = steps;
    }

    public boolean wasCut() {
        return cut;
    }

    public DataSource dataSource() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = call(source, method, arguments);
            return result instanceof Connection connection ? wrap(connection) : result;
        });
    }

    private Connection wrap(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("commit")) {
                step(connection);
            }
            Object result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement ? wrap(statement, connection) : result;
        });
    }

    private PreparedStatement wrap(PreparedStatement statement, Connection connection) {
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                step(connection);
            }
            return call(statement, method, arguments);
        });
    }

    /** Ends the server's side of the connection, so that nothing can be sent after it, a roll-back neither. */
    private void step(Connection connection) throws SQLException {
        if (left-- == 0) {
            cut = true;
            try (Statement kill = connection.createStatement()) {
                kill.execute("select pg_terminate_backend(pg_backend_pid())");
            }
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
