package dev.steadymail.imap;

import java.nio.charset.StandardCharsets;
import org.eclipse.angus.mail.iap.Argument;

/** Makes the arguments of commands; strings are quoted or sent as literals by Angus as they need it. */
final class Arguments {
    private Arguments() {}

    /** Returns a mailbox name, octet by octet as the server gave it. */
    static Argument mailbox(String name) {
        return new Argument().writeString(name, StandardCharsets.ISO_8859_1);
    }

    /** Returns words that need no quoting. */
    static Argument atoms(String words) {
        return new Argument().writeAtom(words);
    }

    /** Returns words that need no quoting and a mailbox name. */
    static Argument atomsAndMailbox(String words, String name) {
        return new Argument().writeAtom(words).writeString(name, StandardCharsets.ISO_8859_1);
    }
}
