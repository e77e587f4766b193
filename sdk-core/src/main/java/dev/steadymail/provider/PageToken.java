package dev.steadymail.provider;

/**
 * Where the next page of a query starts: opaque, good for the same query on the same account only. Nothing is held open for it.
 *
 * @param value the provider's own text
 */
public record PageToken(String value) {}
