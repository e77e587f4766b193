package dev.steadymail.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Connections that are closed at the n-th step, from 0, as they are when the process is killed there. A step is a statement that is
 * about to be executed, a commit that is about to be made, and one that was made and not answered.
 */
final class CutConnections {
    private final DataSource source;
    private int left;
    private boolean cut;

    CutConnections(DataSource source, int steps) {
        this.source = source;
        this.left = steps;
    }

    /** Counts anew. */
    void cutAfter(int steps) {
        left = steps;
    }

    boolean wasCut() {
        return cut;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = call(source, method, arguments);
            return result instanceof Connection connection ? wrap(connection) : result;
        });
    }

    private Connection wrap(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            boolean commit = method.getName().equals("commit");
            if (commit) {
                step(connection);
            }
            if (cut && !method.getName().equals("close")) {
                throw new SQLException("the connection is cut", "08006");
            }
            Object result = call(connection, method, arguments);
            if (commit) {
                step(connection);
            }
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

    /** Nothing can be sent after it, a roll-back neither. */
    private void step(Connection connection) throws SQLException {
        if (!cut && left-- == 0) {
            cut = true;
            connection.close();
            throw new SQLException("the connection is cut", "08006");
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
