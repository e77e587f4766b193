/** Spans of OpenTelemetry for what clients do: start at {@link dev.steadymail.observability.opentelemetry.OpenTelemetryTracing}. */
@NullMarked
package dev.steadymail.observability.opentelemetry;

import org.jspecify.annotations.NullMarked;
