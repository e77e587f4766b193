package dev.steadymail.observability.log;

/** The keys of lines. */
final class LogKeys {
    static final String ACCOUNT = "steadymail.account";
    static final String PROTOCOL = "steadymail.protocol";
    static final String OPERATION = "steadymail.operation";
    static final String LANE = "steadymail.lane";

    private LogKeys() {}
}
