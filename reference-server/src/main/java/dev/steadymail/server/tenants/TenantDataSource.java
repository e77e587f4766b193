package dev.steadymail.server.tenants;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections that show an organisation's rows and no others. Each transaction names the organisation with
 * {@code set_config('steadymail.organisation', ID, true)}, which ends with the transaction, so that a connection carries nothing to whom it
 * serves next, and a pooler such as PgBouncer may give each transaction another connection. A statement outside a transaction becomes
 * one. Where there is no organisation, connections are the pool's own, and tables of tenants are empty.
 */
public final class TenantDataSource extends DelegatingDataSource {
    /** With limits on waiting: the driver gives up after 30 seconds, and what it left must not hold locks for longer. */
    private static final String NAME_ORGANISATION = "select set_config('steadymail.organisation', ?, true),"
            + " set_config('lock_timeout', '10s', true), set_config('statement_timeout', '28s', true)";

    private final Supplier<Optional<UUID>> organisation;

    private TenantDataSource(DataSource pool, Supplier<Optional<UUID>> organisation) {
        super(pool);
        this.organisation = organisation;
    }

    /** Returns connections for the organisation that the thread works for which takes them. */
    public static TenantDataSource ofThreads(DataSource pool) {
        return new TenantDataSource(pool, Tenancy::bound);
    }

    /** Returns connections for one organisation, on whatever thread. */
    public static TenantDataSource of(DataSource pool, UUID organisation) {
        return new TenantDataSource(pool, () -> Optional.of(organisation));
    }

    @Override
    public Connection getConnection() throws SQLException {
        Optional<UUID> tenant = organisation.get();
        Connection connection = super.getConnection();
        return tenant.isEmpty() ? connection : bound(connection, tenant.get());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLException("connections are the pool's, with its own login");
    }

    private static Connection bound(Connection connection, UUID tenant) throws SQLException {
        boolean bound = false;
        try {
            connection.setAutoCommit(false);
            bound = true;
            return proxy(Connection.class, new Bound(connection, tenant));
        } finally {
            if (!bound) {
                connection.close();
            }
        }
    }

    private static @Nullable Object pass(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getTargetException();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(TenantDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** A connection that names its organisation before the first statement of each transaction. */
    private static final class Bound implements InvocationHandler {
        private static final Set<String> STATEMENTS = Set.of("createStatement", "prepareStatement", "prepareCall");

        private final Connection connection;
        private final UUID tenant;
        /** Whether each statement is a transaction of its own, as the user of the connection sees it. */
        private boolean autoCommit = true;

        private boolean named;
        private boolean closed;

        Bound(Connection connection, UUID tenant) {
            this.connection = connection;
            this.tenant = tenant;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            switch (method.getName()) {
                case "setAutoCommit" -> setAutoCommit(Boolean.TRUE.equals(Objects.requireNonNull(arguments)[0]));
                case "getAutoCommit" -> {
                    return autoCommit;
                }
                case "commit" -> end(true);
                case "rollback" -> {
                    if (arguments != null && arguments.length > 0) {
                        return pass(connection, method, arguments); // to a savepoint: the transaction goes on
                    }
                    end(false);
                }
                case "close" -> close();
                case "setSavepoint" -> {
                    nameOrganisation(); // before it, so that going back to it takes nothing of that away
                    return pass(connection, method, arguments);
                }
                case "equals" -> {
                    return proxy == Objects.requireNonNull(arguments)[0];
                }
                case "hashCode" -> {
                    return System.identityHashCode(proxy);
                }
                case "isClosed" -> {
                    return closed || connection.isClosed();
                }
                default -> {
                    Object result = pass(connection, method, arguments);
                    return STATEMENTS.contains(method.getName())
                            ? statement((Connection) proxy, method, result)
                            : result;
                }
            }
            return null;
        }

        private Object statement(Connection proxy, Method method, @Nullable Object statement) {
            return proxy(
                    method.getReturnType(), new Executing(this, proxy, (Statement) Objects.requireNonNull(statement)));
        }

        private void nameOrganisation() throws SQLException {
            if (named) {
                return;
            }
            try (PreparedStatement statement = connection.prepareStatement(NAME_ORGANISATION)) {
                statement.setString(1, tenant.toString());
                statement.execute();
            }
            named = true;
        }

        private void setAutoCommit(boolean wanted) throws SQLException {
            if (wanted && !autoCommit) {
                end(true);
            }
            autoCommit = wanted;
        }

        private void end(boolean commit) throws SQLException {
            named = false;
            if (commit) {
                connection.commit();
            } else {
                connection.rollback();
            }
        }

        /** A transaction that nobody ended is not kept. */
        private void close() throws SQLException {
            if (closed) {
                return;
            }
            closed = true;
            try (connection) {
                if (named) {
                    end(false);
                }
            }
        }
    }

    /** A statement that is run for the organisation, in a transaction of its own where the connection is in none. */
    private record Executing(Bound connection, Connection shown, Statement statement) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            switch (method.getName()) {
                case "getConnection" -> {
                    return shown;
                }
                case "equals" -> {
                    return proxy == Objects.requireNonNull(arguments)[0];
                }
                case "hashCode" -> {
                    return System.identityHashCode(proxy);
                }
                default -> {
                    return method.getName().startsWith("execute")
                            ? executed(method, arguments)
                            : pass(statement, method, arguments);
                }
            }
        }

        private @Nullable Object executed(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            boolean alone = connection.autoCommit;
            if (alone) {
                statement.setFetchSize(0); // rows come whole, before the transaction ends, as they do without one
            }
            connection.nameOrganisation();
            if (!alone) {
                return pass(statement, method, arguments);
            }
            try {
                Object result = pass(statement, method, arguments);
                connection.end(true);
                return result;
            } catch (SQLException failure) {
                undo(failure);
                throw failure;
            }
        }

        private void undo(SQLException failure) {
            try {
                if (connection.named) {
                    connection.end(false);
                }
            } catch (SQLException another) {
                failure.addSuppressed(another);
            }
        }
    }
}
