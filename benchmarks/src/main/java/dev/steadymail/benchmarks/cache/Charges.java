package dev.steadymail.benchmarks.cache;

/** What one provider was asked, and what Gmail charges for it. Not thread-safe. */
final class Charges {
    private long lists;
    private long emails;
    private long bodies;
    private long labels;
    private long histories;

    void list() {
        lists++;
    }

    void emails(int count) {
        emails += count;
    }

    void body() {
        bodies++;
    }

    void labels() {
        labels++;
    }

    void history() {
        histories++;
    }

    long lists() {
        return lists;
    }

    long readEmails() {
        return emails;
    }

    long bodies() {
        return bodies;
    }

    long listsOfLabels() {
        return labels;
    }

    long units() {
        return lists * Price.LIST + (emails + bodies) * Price.GET + labels * Price.LABELS + histories * Price.HISTORY;
    }
}
