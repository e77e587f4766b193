package dev.steadymail.testkit.conformance;

import dev.steadymail.mail.Keyword;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Changes the mail on any IMAP server of this machine through a plain connection of its own (RFC 3501), kept apart from every
 * IMAP client and server in this project. Not thread-safe; waits at most 15 seconds for an
 * answer.
 */
public final class ImapBackdoor implements Backdoor {
    private static final DateTimeFormatter INTERNAL_DATE =
            DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss xx", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Map<Keyword, String> SYSTEM_FLAGS = Map.of(
            Keyword.SEEN, "\\Seen",
            Keyword.FLAGGED, "\\Flagged",
            Keyword.ANSWERED, "\\Answered",
            Keyword.DRAFT, "\\Draft",
            Keyword.DELETED, "\\Deleted");
    private static final Pattern LISTED =
            Pattern.compile("\\* LIST \\(([^)]*)\\) (NIL|\"(?:[^\"\\\\]|\\\\.)*\") (.+)", Pattern.CASE_INSENSITIVE);

    private final ImapConversation server;
    private final String delimiter;

    private ImapBackdoor(ImapConversation server) {
        this.server = server;
        this.delimiter = delimiter(server);
    }

    /** Connects to a port of this machine and logs in. */
    public static ImapBackdoor connect(int port, String user, String password) {
        ImapConversation server = new ImapConversation(port);
        server.command("LOGIN " + quoted(user) + " " + quoted(password));
        return new ImapBackdoor(server);
    }

    @Override
    public void deliver(String mailbox, byte[] message, Set<Keyword> keywords, Instant receivedAt) {
        String place = name(mailbox) + " " + flags(keywords) + " " + quoted(INTERNAL_DATE.format(receivedAt));
        server.command("APPEND " + place, message);
    }

    @Override
    public void createMailbox(String name) {
        server.command("CREATE " + name(name));
    }

    @Override
    public void renameMailbox(String from, String to) {
        leave();
        server.command("RENAME " + name(from) + " " + name(to));
    }

    @Override
    public void remove(String messageId) {
        inEveryMailbox(messageId, uids -> {
            server.command("UID STORE " + uids + " +FLAGS.SILENT (\\Deleted)");
            server.command("EXPUNGE");
        });
    }

    @Override
    public void setKeywords(String messageId, Set<Keyword> keywords) {
        inEveryMailbox(messageId, uids -> server.command("UID STORE " + uids + " FLAGS.SILENT " + flags(keywords)));
    }

    /** Ends the connection without LOGOUT. */
    @Override
    public void close() {
        server.close();
    }

    private void inEveryMailbox(String messageId, UidAction action) {
        for (String mailbox : selectable()) {
            server.command("SELECT " + mailbox);
            List<String> uids = search(messageId);
            if (!uids.isEmpty()) {
                action.on(String.join(",", uids));
            }
        }
        leave();
    }

    /** Lets no mailbox stay selected, so that it can be renamed and its \Recent flags stay with others. */
    private void leave() {
        server.command("SELECT INBOX");
    }

    private List<String> search(String messageId) {
        List<String> uids = new ArrayList<>();
        for (String line : server.command("UID SEARCH HEADER Message-ID " + quoted(messageId))) {
            if (line.toUpperCase(Locale.ROOT).startsWith("* SEARCH ")) {
                uids.addAll(List.of(line.substring("* SEARCH ".length()).trim().split(" +")));
            }
        }
        return uids;
    }

    /** Returns the names of mailboxes as the server wrote them, ready for a command. */
    private List<String> selectable() {
        List<String> names = new ArrayList<>();
        for (String line : server.command("LIST \"\" \"*\"")) {
            Matcher listed = LISTED.matcher(line);
            if (listed.matches() && !listed.group(1).toLowerCase(Locale.ROOT).contains("\\noselect")) {
                names.add(listed.group(3));
            }
        }
        return names;
    }

    private static String delimiter(ImapConversation server) {
        for (String line : server.command("LIST \"\" \"\"")) {
            Matcher listed = LISTED.matcher(line);
            if (listed.matches() && listed.group(2).startsWith("\"")) {
                return listed.group(2)
                        .substring(1, listed.group(2).length() - 1)
                        .replace("\\\\", "\\");
            }
        }
        return "/";
    }

    private String name(String fullName) {
        return quoted(ModifiedUtf7.encode(fullName.replace("/", delimiter)));
    }

    private static String flags(Set<Keyword> keywords) {
        return keywords.stream()
                .map(keyword -> SYSTEM_FLAGS.getOrDefault(keyword, keyword.value()))
                .collect(Collectors.joining(" ", "(", ")"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @FunctionalInterface
    private interface UidAction {
        void on(String uids);
    }
}
