package dev.steadymail.imap.codec;

import java.util.List;

/** An argument of a response, as the grammar sees it (RFC 3501 section 4). Immutable. */
sealed interface ImapValue {
    /** NIL, in whatever case. */
    ImapValue NIL = new Nil();

    /** What is not there. */
    record Nil() implements ImapValue {}

    /** An atom, a number, a quoted string or a literal; octets that are no UTF-8 are read as Latin-1. */
    record Text(String text) implements ImapValue {}

    /** A list in parentheses; its values are not copied, and nobody else has them. */
    record Items(List<ImapValue> values) implements ImapValue {}

    /** The place of a literal that was handed on while it arrived. */
    record Streamed(long size) implements ImapValue {}
}
