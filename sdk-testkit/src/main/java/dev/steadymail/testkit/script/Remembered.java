package dev.steadymail.testkit.script;

/** What of the client's lines can be used further on. Confined to the thread of its connection. */
final class Remembered {

    private String tag = "";
    private String oldTag = "";
    private String number = "";
    private long literalSize;
    private boolean literalWaits;

    void tag(String last) {
        oldTag = tag;
        tag = last;
    }

    String tag() {
        return tag;
    }

    /** Returns the tag before the last. */
    String oldTag() {
        return oldTag;
    }

    void number(String last) {
        number = last;
    }

    String number() {
        return number;
    }

    void literalSize(String digits) {
        literalSize = Long.parseLong(digits);
    }

    long literalSize() {
        return literalSize;
    }

    void literalPlus(String plus) {
        literalWaits = plus.isEmpty();
    }

    /** Returns whether the client waits for a continuation before it sends the literal. */
    boolean literalWaits() {
        return literalWaits;
    }
}
