package dev.steadymail.provider;

import dev.steadymail.time.Deadline;

/**
 * What every provider call carries along.
 *
 * @param deadline nothing done for this call waits past it
 */
public record Call(Deadline deadline) {}
