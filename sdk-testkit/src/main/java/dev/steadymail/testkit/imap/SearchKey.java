package dev.steadymail.testkit.imap;

/** A condition of SEARCH. */
interface SearchKey {

    boolean matches(SelectedMailbox.Numbered candidate);

    /** A condition on the message alone. */
    interface OnMessage extends SearchKey {
        boolean matches(ServerMessage message);

        @Override
        default boolean matches(SelectedMailbox.Numbered candidate) {
            return matches(candidate.message());
        }
    }
}
