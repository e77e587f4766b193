package dev.steadymail.cli.mirror;

/** How closely a verification looks at the content of emails at the server. */
public enum Depth {
    /** Not at all: the server's sizes are estimates. */
    STATE,
    /** By size; what has another one is read. */
    SIZE,
    /** Every message is read. */
    CONTENT
}
