package dev.steadymail.server.search;

/**
 * A word to look for, or words that follow each other.
 *
 * @param excluded whether emails that have it are not wanted
 */
record Term(String text, boolean excluded) {
    @Override
    public String toString() {
        return "Term[hidden]";
    }
}
