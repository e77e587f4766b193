package dev.steadymail.cache;

import dev.steadymail.cache.CacheValue.OfContent;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Content that was read whole, or a stream of what is too large, which one caller gets. Thread-safe. */
final class Opened {
    private final @Nullable OfContent content;
    private final AtomicReference<@Nullable InputStream> stream;

    Opened(@Nullable OfContent content, @Nullable InputStream stream) {
        this.content = content;
        this.stream = new AtomicReference<>(stream);
    }

    @Nullable
    OfContent content() {
        return content;
    }

    @Nullable
    InputStream take() {
        return stream.getAndSet(null);
    }
}
