package dev.steadymail.imap.command;

/** One piece of a command, as {@link CommandEncoder} writes it. Immutable. */
sealed interface Argument {
    /** Words of the protocol, written as they are. */
    record Words(String words) implements Argument {}

    /** Flags, which may be a user's own words; written as they are. */
    record Flags(String flags) implements Argument {
        @Override
        public String toString() {
            return "Flags";
        }
    }

    /** A string from outside; quoted or a literal, as its characters need it. */
    record Text(String text) implements Argument {
        @Override
        public String toString() {
            return "Text";
        }
    }

    /** Octets that a server gave as a name, each a character below 256; written back as they came. */
    record Octets(String octets) implements Argument {
        @Override
        public String toString() {
            return "Octets";
        }
    }

    /** A literal that is streamed while it is sent. */
    record Content(ContentSource source, long size, boolean utf8) implements Argument {
        @Override
        public String toString() {
            return "Content[" + size + "]";
        }
    }
}
