package dev.steadymail.testkit.imap;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The commands of a server with certain capabilities: when each is allowed, and whether sequence numbers may change with its answer. */
final class CommandTable {

    private static final Set<SessionState> ANY = EnumSet.allOf(SessionState.class);
    private static final Set<SessionState> BEFORE_LOGIN = EnumSet.of(SessionState.NOT_AUTHENTICATED);
    private static final Set<SessionState> LOGGED_IN = EnumSet.of(SessionState.AUTHENTICATED, SessionState.SELECTED);
    private static final Set<SessionState> SELECTED = EnumSet.of(SessionState.SELECTED);

    private final Map<String, Rule> rules = new HashMap<>();

    private CommandTable() {}

    /**
     * @param mayExpunge false for FETCH, STORE and SEARCH by sequence number (RFC 3501 section 7.4.1)
     */
    record Rule(Command command, Set<SessionState> states, boolean mayExpunge) {}

    static CommandTable of(Set<ImapCapability> capabilities) {
        CommandTable table = new CommandTable();
        table.addConnectionCommands();
        table.addMailboxCommands();
        table.addMessageCommands();
        table.addExtensions(capabilities);
        return table;
    }

    @Nullable
    Rule find(String name) {
        return rules.get(name);
    }

    private void add(String name, Set<SessionState> states, Command command) {
        rules.put(name, new Rule(command, states, true));
    }

    private void addConnectionCommands() {
        add("CAPABILITY", ANY, new CapabilityCommand());
        add("NOOP", ANY, new NoopCommand());
        add("LOGOUT", ANY, new LogoutCommand());
        add("STARTTLS", BEFORE_LOGIN, new StartTlsCommand());
        add("LOGIN", BEFORE_LOGIN, new LoginCommand());
        add("AUTHENTICATE", BEFORE_LOGIN, new AuthenticateCommand());
    }

    private void addMailboxCommands() {
        add("LIST", LOGGED_IN, new ListCommand());
        add("LSUB", LOGGED_IN, new LsubCommand());
        add("STATUS", LOGGED_IN, new StatusCommand());
        add("CREATE", LOGGED_IN, new CreateCommand());
        add("DELETE", LOGGED_IN, new DeleteCommand());
        add("RENAME", LOGGED_IN, new RenameCommand());
        add("SUBSCRIBE", LOGGED_IN, new SubscribeCommand(true));
        add("UNSUBSCRIBE", LOGGED_IN, new SubscribeCommand(false));
        add("APPEND", LOGGED_IN, new AppendCommand());
        add("SELECT", LOGGED_IN, new SelectCommand(false));
        add("EXAMINE", LOGGED_IN, new SelectCommand(true));
    }

    private void addMessageCommands() {
        add("CHECK", SELECTED, new NoopCommand());
        add("CLOSE", SELECTED, new CloseCommand(true));
        add("EXPUNGE", SELECTED, new ExpungeCommand(Numbering.SEQUENCE));
        add("COPY", SELECTED, new CopyCommand(Numbering.SEQUENCE));
        rules.put("FETCH", new Rule(new FetchCommand(Numbering.SEQUENCE), SELECTED, false));
        rules.put("STORE", new Rule(new StoreCommand(Numbering.SEQUENCE), SELECTED, false));
        rules.put("SEARCH", new Rule(new SearchCommand(Numbering.SEQUENCE), SELECTED, false));
        add("UID COPY", SELECTED, new CopyCommand(Numbering.UID));
        add("UID FETCH", SELECTED, new FetchCommand(Numbering.UID));
        add("UID STORE", SELECTED, new StoreCommand(Numbering.UID));
        add("UID SEARCH", SELECTED, new SearchCommand(Numbering.UID));
    }

    private void addExtensions(Set<ImapCapability> capabilities) {
        if (capabilities.contains(ImapCapability.ID)) {
            add("ID", ANY, new IdCommand());
        }
        if (capabilities.contains(ImapCapability.ENABLE)) {
            add("ENABLE", LOGGED_IN, new EnableCommand());
        }
        if (capabilities.contains(ImapCapability.NAMESPACE)) {
            add("NAMESPACE", LOGGED_IN, new NamespaceCommand());
        }
        if (capabilities.contains(ImapCapability.UNSELECT)) {
            add("UNSELECT", SELECTED, new CloseCommand(false));
        }
        if (capabilities.contains(ImapCapability.IDLE)) {
            add("IDLE", LOGGED_IN, new IdleCommand());
        }
        if (capabilities.contains(ImapCapability.NOTIFY)) {
            add("NOTIFY", LOGGED_IN, new NotifyCommand());
        }
        if (capabilities.contains(ImapCapability.UIDPLUS)) {
            add("UID EXPUNGE", SELECTED, new ExpungeCommand(Numbering.UID));
        }
        if (capabilities.contains(ImapCapability.MOVE)) {
            add("MOVE", SELECTED, new MoveCommand(Numbering.SEQUENCE));
            add("UID MOVE", SELECTED, new MoveCommand(Numbering.UID));
        }
    }
}
