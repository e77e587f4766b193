package dev.steadymail.server.accounts;

import dev.steadymail.server.folder.StartException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much of what was read is kept in memory, {@code steadymail.cache.*}.
 *
 * @param memory of all accounts together, 1 MB to 64 GB; 64 MB by default
 */
@ConfigurationProperties("steadymail.cache")
record CacheMemory(@DefaultValue("64MB") DataSize memory) {
    private static final DataSize LEAST = DataSize.ofMegabytes(1);
    private static final DataSize MOST = DataSize.ofGigabytes(64);

    CacheMemory {
        if (memory.compareTo(LEAST) < 0 || memory.compareTo(MOST) > 0) {
            throw StartException.usage("steadymail.cache.memory must be between 1MB and 64GB, was " + memory
                    + "; correct it, or unset it for 64MB");
        }
    }
}
