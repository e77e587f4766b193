package dev.steadymail.benchmarks.store;

/** What is measured, in the order of the table. */
enum Measure {
    FIRST_SYNC("first sync, s", 1),
    STAGING("of it staging, s", 1),
    SLOWEST_BATCH("slowest batch, ms", 0),
    DISK("on disk, MB", 1),
    OPENING("opened, first answer, ms", 0),
    OPENING_CPU("processor time of that, ms", 0),
    HEAP("heap with it open, MiB", 1),
    CHANGES("a batch of 100 changes, ms", 1),
    MAILBOXES("all emails, mailbox by mailbox, s", 2),
    FINDS("1,000 found by id, ms", 1),
    SORTED("all emails in order of the index, s", 2);

    private final String title;
    private final int decimals;

    Measure(String title, int decimals) {
        this.title = title;
        this.decimals = decimals;
    }

    String title() {
        return title;
    }

    int decimals() {
        return decimals;
    }
}
