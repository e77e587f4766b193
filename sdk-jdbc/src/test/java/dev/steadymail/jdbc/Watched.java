package dev.steadymail.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** Connections that tell what was done with them, and fail where they are told to. */
final class Watched {
    private final DataSource source;
    private final List<String> sins = new ArrayList<>();
    private final Set<String> statements = new LinkedHashSet<>();
    private boolean autoCommit = true;
    private int borrowed;
    private int executed;
    private Failure failure = (step, number) -> {};

    Watched(DataSource source) {
        this.source = source;
    }

    /** Decides whether a step fails. */
    @FunctionalInterface
    interface Failure {
        /**
         * Fails a step or lets it pass.
         *
         * @param step {@code execute}, {@code commit} or {@code committed}
         * @param number counts the statements, from 1
         */
        void at(String step, int number) throws SQLException;
    }

    void failing(Failure how) {
        executed = 0;
        failure = how;
    }

    void lendWithAutoCommit(boolean on) {
        autoCommit = on;
    }

    /** What a borrower must not do, as far as it was done. */
    List<String> sins() {
        List<String> all = new ArrayList<>(sins);
        if (borrowed != 0) {
            all.add(borrowed + " connections were kept");
        }
        return all;
    }

    Set<String> statements() {
        return statements;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, source, new Step() {
            @Override
            public Object after(String name, Object[] arguments, Object result) throws SQLException {
                if (result instanceof Connection connection) {
                    borrowed++;
                    connection.setAutoCommit(autoCommit);
                    return wrap(connection);
                }
                return result;
            }
        });
    }

    private Connection wrap(Connection connection) {
        return proxy(Connection.class, connection, new Step() {
            @Override
            public void before(String name) throws SQLException {
                if (name.equals("close")) {
                    borrowed--;
                    if (connection.getAutoCommit() != autoCommit) {
                        sins.add("auto-commit was not restored");
                    }
                } else if (name.equals("commit")) {
                    failure.at("commit", executed);
                }
            }

            @Override
            public Object after(String name, Object[] arguments, Object result) throws SQLException {
                if (name.equals("commit")) {
                    failure.at("committed", executed);
                }
                if (result instanceof PreparedStatement statement) {
                    statements.add((String) arguments[0]);
                    return wrap(statement);
                }
                return result;
            }
        });
    }

    private PreparedStatement wrap(PreparedStatement statement) {
        return proxy(PreparedStatement.class, statement, new Step() {
            @Override
            public void before(String name) throws SQLException {
                if (name.startsWith("execute")) {
                    if (statement.getQueryTimeout() == 0) {
                        sins.add("a statement had no time limit");
                    }
                    failure.at("execute", ++executed);
                }
            }
        });
    }

    /** What happens around a call. */
    private interface Step {
        default void before(String unusedName) throws SQLException {}

        default Object after(String unusedName, Object[] unusedArguments, Object result) throws SQLException {
            return result;
        }
    }

    private static <T> T proxy(Class<T> type, T target, Step step) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            try {
                step.before(method.getName());
                return step.after(method.getName(), args, method.invoke(target, args));
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        }));
    }
}
