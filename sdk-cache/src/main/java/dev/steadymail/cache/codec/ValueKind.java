package dev.steadymail.cache.codec;

/** What a value is: its second octet. Numbers are never given anew. */
enum ValueKind {
    EMAIL(1),
    STATE(2),
    LIST(3),
    MAILBOXES(4),
    THREAD(5);

    final int number;

    ValueKind(int number) {
        this.number = number;
    }
}
