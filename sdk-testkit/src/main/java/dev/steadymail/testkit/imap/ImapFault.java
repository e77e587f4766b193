package dev.steadymail.testkit.imap;

import java.time.Duration;
import java.util.Objects;

/**
 * Something that goes wrong on purpose. A fault waits for its occasion, named at each kind; {@link FaultCount} says how many occasions pass
 * before it acts and how often it acts then.
 *
 * <p>A command is named as on the wire, in any case: {@code FETCH} means FETCH and UID FETCH, {@code UID FETCH} only that, {@code *} every
 * command.
 */
public sealed interface ImapFault {

    /** A fault whose occasion is a command. */
    sealed interface OnCommand extends ImapFault {
        /** Returns the command that this fault waits for. */
        String command();
    }

    /** A fault whose occasion is a new connection. */
    sealed interface OnConnect extends ImapFault {}

    /**
     * Cuts the connection when so many bytes have been sent since the occasion, which is a greeting or a command (an "exchange").
     *
     * @param bytes bytes still sent, at least 0
     */
    record DisconnectAfterBytes(int bytes) implements ImapFault {
        public DisconnectAfterBytes {
            requireNotNegative("bytes", bytes);
        }
    }

    /**
     * Announces the whole length of a literal, sends only its beginning, and cuts the connection. The occasion is a literal to be sent.
     *
     * @param bytes bytes of the literal that are sent, at least 0; all of a shorter literal
     */
    record TruncateLiteral(int bytes) implements ImapFault {
        public TruncateLiteral {
            requireNotNegative("bytes", bytes);
        }
    }

    /** Cuts the connection when the command has arrived, without doing it. */
    record DisconnectOn(String command) implements OnCommand {
        public DisconnectOn {
            requireCommand(command);
        }
    }

    /** Takes the command and says nothing from then on; the connection stays open until the client closes it. */
    record SilentOn(String command) implements OnCommand {
        public SilentOn {
            requireCommand(command);
        }
    }

    /**
     * Answers NO without doing the command.
     *
     * @param responseCode code without its brackets, such as {@code OVERQUOTA}; empty for none
     */
    record NoOn(String command, String responseCode, String text) implements OnCommand {
        public NoOn {
            requireCommand(command);
            requireLine("responseCode", responseCode);
            requireLine("text", text);
        }
    }

    /** Answers BAD without doing the command. */
    record BadOn(String command, String text) implements OnCommand {
        public BadOn {
            requireCommand(command);
            requireLine("text", text);
        }
    }

    /** Sends BYE instead of doing the command, and closes the connection. */
    record ByeOn(String command, String text) implements OnCommand {
        public ByeOn {
            requireCommand(command);
            requireLine("text", text);
        }
    }

    /** Does the command and sends its data, then cuts the connection before the tagged answer. */
    record DropAfterCommand(String command) implements OnCommand {
        public DropAfterCommand {
            requireCommand(command);
        }
    }

    /** Greets with BYE and closes the connection. */
    record GreetingBye(String text) implements OnConnect {
        public GreetingBye {
            requireLine("text", text);
        }
    }

    /** Accepts the connection and never says anything on it. */
    record NeverGreet() implements OnConnect {}

    /** Waits before the greeting. */
    record DelayGreeting(Duration delay) implements OnConnect {
        public DelayGreeting {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("delay must not be negative, was " + delay);
            }
        }
    }

    private static void requireNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must be at least 0, was " + value);
        }
    }

    private static void requireCommand(String command) {
        if (command.isBlank()) {
            throw new IllegalArgumentException("command must not be blank; \"*\" stands for every command");
        }
    }

    private static void requireLine(String name, String text) {
        Objects.requireNonNull(text, name);
        if (text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException(name + " must be one line of printable ASCII");
        }
    }
}
