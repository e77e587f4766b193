package dev.steadymail.testkit.script;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What holds for all connections of a server. */
record Rules(
        Duration deadline,
        @Nullable SSLContext tls,
        @Nullable SSLContext startTls) {}
