/** What the clients of this server do, in figures, for those who run it; start at {@code MetricsController}. */
@NullMarked
package dev.steadymail.server.metrics;

import org.jspecify.annotations.NullMarked;
