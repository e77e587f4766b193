package dev.steadymail.benchmarks.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteDataSource;

/**
 * A pool of one: the same connection each time, which closing only gives back. Without it SQLite would open the file for every call,
 * and copy its log into it at the end of each. For one thread.
 */
final class KeptConnection extends SQLiteDataSource {
    private final Connection real;
    private final Connection lent;

    KeptConnection(String url) throws SQLException {
        setUrl(url);
        this.real = super.getConnection();
        this.lent = (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection() {
        return lent;
    }

    void close() {
        try {
            real.close();
        } catch (SQLException failure) {
            throw new IllegalStateException("the database cannot be closed", failure);
        }
    }
}
