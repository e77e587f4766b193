package dev.steadymail.testkit.sync;

import dev.steadymail.mail.Keyword;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.testkit.imap.FaultCount;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestAccount;
import dev.steadymail.testkit.imap.ImapTestMessage;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A user's mailboxes on an {@link ImapTestServer}, over loopback. What the server can, CONDSTORE and OBJECTID for example, is up to its
 * builder. Mod-sequences begin high, so that they can go back.
 */
public final class ImapTestMailbox implements SimulatedMailbox {
    private static final long HIGH = 1_000_000;
    private static final long BACK = 1_000;
    private static final List<String> COUNTED =
            List.of("LIST", "STATUS", "SELECT", "EXAMINE", "UID FETCH", "UID SEARCH", "FETCH", "SEARCH");
    private static final Map<Keyword, String> FLAGS =
            Map.of(Keyword.SEEN, "\\Seen", Keyword.FLAGGED, "\\Flagged", new Keyword("later"), "later");
    private static final Map<String, Keyword> KEYWORDS =
            FLAGS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    private final ImapTestServer server;
    private final ImapTestAccount mail;
    private final MailAccount account;

    /**
     * Follows a user of a server that serves this seed alone, and is closed with this.
     *
     * @param account opens the provider under test at that server and user
     */
    public ImapTestMailbox(ImapTestServer server, String user, MailAccount account) {
        this.server = server;
        this.mail = server.account(user);
        this.account = account;
        mail.mailboxes().forEach(mailbox -> mail.restateModSeq(mailbox, HIGH));
    }

    @Override
    public MailAccount account() {
        return account;
    }

    @Override
    public Set<MailboxAct> acts() {
        return EnumSet.complementOf(EnumSet.of(MailboxAct.EXPIRE_HISTORY));
    }

    @Override
    public List<SimulatedEmail> emails() {
        List<SimulatedEmail> emails = new ArrayList<>();
        for (String mailbox : mail.mailboxes()) {
            for (ImapTestMessage message : mail.messages(mailbox)) {
                emails.add(email(mailbox, message));
            }
        }
        return emails;
    }

    private static SimulatedEmail email(String mailbox, ImapTestMessage message) {
        return new SimulatedEmail(
                message.uid() + " " + mailbox,
                SimulatedEmail.fingerprint(message.bytes()),
                Set.of(mailbox),
                message.flags().stream().map(ImapTestMailbox::keyword).collect(Collectors.toSet()),
                message.isReadable());
    }

    private static Keyword keyword(String flag) {
        return KEYWORDS.getOrDefault(flag, new Keyword(flag.replace('\\', '$')));
    }

    private static long uid(SimulatedEmail email) {
        return Long.parseLong(email.name().substring(0, email.name().indexOf(' ')));
    }

    private static String mailbox(SimulatedEmail email) {
        return email.name().substring(email.name().indexOf(' ') + 1);
    }

    @Override
    public List<String> mailboxes() {
        return mail.mailboxes();
    }

    /** INBOX first, where most mail is. */
    @Override
    public List<String> places() {
        List<String> places = new ArrayList<>(mailboxes());
        places.remove("INBOX");
        places.add(0, "INBOX");
        return places;
    }

    @Override
    public List<String> ownMailboxes() {
        return mailboxes().stream().filter(name -> name.startsWith("box ")).toList();
    }

    @Override
    public Set<Keyword> keywords() {
        return FLAGS.keySet();
    }

    @Override
    public void deliver(String mailbox, byte[] message, Set<Keyword> keywords, Instant receivedAt) {
        long unusedUid = mail.append(mailbox, message, flags(keywords), receivedAt.atOffset(ZoneOffset.UTC));
    }

    @Override
    public void mark(SimulatedEmail email, Set<Keyword> keywords) {
        mail.setFlags(mailbox(email), uid(email), flags(keywords));
    }

    private static List<String> flags(Collection<Keyword> keywords) {
        return keywords.stream()
                .map(keyword -> FLAGS.getOrDefault(keyword, keyword.value()))
                .toList();
    }

    @Override
    public void move(SimulatedEmail email, String from, String to) {
        long unusedUid = mail.move(from, uid(email), to);
    }

    @Override
    public void copy(SimulatedEmail email, String to) {
        long unusedUid = mail.copy(mailbox(email), uid(email), to);
    }

    @Override
    public void delete(SimulatedEmail email) {
        mail.expunge(mailbox(email), uid(email));
    }

    @Override
    public void createMailbox(String name) {
        mail.createMailbox(name);
        mail.restateModSeq(name, HIGH);
    }

    @Override
    public void renameMailbox(String from, String to) {
        mail.rename(from, to);
    }

    @Override
    public void removeMailbox(String name) {
        mail.deleteMailbox(name);
    }

    @Override
    public void renumber(String mailbox) {
        long unusedUidValidity = mail.resetUidValidity(mailbox);
    }

    /** So far back that changes until the next look do not make up for it. */
    @Override
    public void resetModSeq(String mailbox) {
        long now = mail.highestModSeq(mailbox);
        if (now > 2 * BACK) {
            mail.restateModSeq(mailbox, now - BACK);
        }
    }

    @Override
    public void makeUnreadable(SimulatedEmail email) {
        mail.makeUnreadable(mailbox(email), uid(email));
    }

    @Override
    public void makeReadable() {
        emails().stream()
                .filter(email -> !email.readable())
                .forEach(email -> mail.makeReadable(mailbox(email), uid(email)));
    }

    @Override
    public void trouble(RandomGenerator choices) {
        String command = COUNTED.get(choices.nextInt(COUNTED.size()));
        ImapFault fault =
                switch (choices.nextInt(9)) {
                    case 0 -> new ImapFault.DisconnectOn(command);
                    case 1 -> new ImapFault.DropAfterCommand(command);
                    case 2 -> new ImapFault.NoOn(command, "", "not now");
                    case 3 -> new ImapFault.NoOn(command, "SERVERBUG", "internal error");
                    case 4 -> new ImapFault.BadOn(command, "a fault");
                    case 5 -> new ImapFault.ByeOn(command, "going down");
                    case 6 -> new ImapFault.TruncateLiteral(choices.nextInt(200));
                    case 7 -> new ImapFault.DisconnectAfterBytes(choices.nextInt(400));
                    default -> new ImapFault.GreetingBye("too busy");
                };
        server.inject(fault, FaultCount.times(1 + choices.nextInt(2)).after(choices.nextInt(6)));
    }

    @Override
    public void calm() {
        server.clearFaults();
    }

    @Override
    public void beforeRequest(Runnable hook) {
        server.beforeCommand(command -> {
            if (COUNTED.contains(command)) {
                hook.run();
            }
        });
    }

    @Override
    public void close() {
        server.close();
    }
}
