package dev.steadymail.gmail;

import java.util.List;

/**
 * What {@code messages.list} is asked for.
 *
 * @param labelIds labels that must all be there
 * @param q search expression, empty for none
 * @param includeSpamTrash whether spam and trash are looked at too
 */
record Listing(List<String> labelIds, String q, boolean includeSpamTrash) {
    /** Every message there is. */
    static final Listing EVERYTHING = new Listing(List.of(), "", true);

    Listing {
        labelIds = List.copyOf(labelIds);
    }

    /** Every message with a label. */
    static Listing of(String labelId) {
        return new Listing(List.of(labelId), "", true);
    }

    @Override
    public String toString() {
        return "Listing[hidden]";
    }
}
