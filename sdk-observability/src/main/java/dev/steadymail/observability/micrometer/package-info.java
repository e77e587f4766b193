/**
 * Metrics by Micrometer of what clients do: start at {@link dev.steadymail.observability.micrometer.SteadymailMetrics}. What is measured
 * stands in one table, from which docs/metrics.md, the dashboard and the alert rules are made.
 */
@NullMarked
package dev.steadymail.observability.micrometer;

import org.jspecify.annotations.NullMarked;
