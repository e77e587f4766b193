package dev.steadymail.testkit.proxy;

/** The way that octets go through the proxy. */
public enum Direction {
    /** From the client, which connected to the proxy, to the target. */
    TO_SERVER,
    /** From the target to the client. */
    TO_CLIENT
}
