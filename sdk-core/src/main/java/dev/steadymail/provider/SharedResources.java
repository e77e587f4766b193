package dev.steadymail.provider;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the accounts of one runtime share beyond what the runtime itself lends: I/O threads of a protocol, for example, or counts of
 * connections to a host. Each is made when first asked for and closed with the runtime, after its clients. Thread-safe.
 */
public final class SharedResources implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedResources.class);

    private final Map<Class<?>, AutoCloseable> resources = new HashMap<>();
    private boolean closed;

    /**
     * Returns the runtime's one of a type.
     *
     * @param make makes it; must neither block nor ask for another one
     * @throws IllegalStateException where the runtime is closed
     */
    public synchronized <T extends AutoCloseable> T get(Class<T> type, Supplier<T> make) {
        if (closed) {
            throw new IllegalStateException("the runtime is closed");
        }
        return type.cast(resources.computeIfAbsent(type, absent -> make.get()));
    }

    /** Closes all. Harmless when repeated. */
    @Override
    public void close() {
        List<AutoCloseable> closing;
        synchronized (this) {
            closed = true;
            closing = new ArrayList<>(resources.values());
            resources.clear();
        }
        for (AutoCloseable resource : closing) {
            closeQuietly(resource);
        }
    }

    /** One that cannot be closed must not keep the others open. */
    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception failure) {
            LOG.warn("a shared resource could not be closed", failure);
        }
    }
}
