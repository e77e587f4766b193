package dev.steadymail.testkit.sync;

import dev.steadymail.mail.Keyword;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.gmail.GmailFault;
import dev.steadymail.testkit.gmail.GmailLabel;
import dev.steadymail.testkit.gmail.GmailMailbox;
import dev.steadymail.testkit.gmail.GmailMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A user's mailbox on a {@link FakeGmail}, over loopback. It tells mailboxes as the Gmail provider of this project does: every label but
 * UNREAD and STARRED is one, system labels are called like their id, and what has none is in "All Mail".
 */
public final class FakeGmailMailbox implements SimulatedMailbox {
    private static final String ALL_MAIL = "All Mail";
    private static final String UNREAD = "UNREAD";
    private static final String STARRED = "STARRED";
    private static final Set<String> SYSTEM_PLACES = Set.of("INBOX", "SENT", "SPAM", "TRASH");

    private final FakeGmail server;
    private final GmailMailbox mail;
    private final MailAccount account;

    /**
     * Follows a user of a server that serves this seed alone, and is closed with this.
     *
     * @param account opens the provider under test at that server and user
     */
    public FakeGmailMailbox(FakeGmail server, String user, MailAccount account) {
        this.server = server;
        this.mail = server.mailbox(user);
        this.account = account;
    }

    @Override
    public MailAccount account() {
        return account;
    }

    @Override
    public Set<MailboxAct> acts() {
        return EnumSet.complementOf(EnumSet.of(
                MailboxAct.RENUMBER, MailboxAct.RESET_MOD_SEQ, MailboxAct.MAKE_UNREADABLE, MailboxAct.MAKE_READABLE));
    }

    @Override
    public List<SimulatedEmail> emails() {
        Map<String, String> names = names();
        return mail.messages().stream().map(message -> email(message, names)).toList();
    }

    private Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        mail.labels().forEach(label -> names.put(label.id(), name(label)));
        return names;
    }

    private static String name(GmailLabel label) {
        return label.system() ? label.id() : label.name();
    }

    private static SimulatedEmail email(GmailMessage message, Map<String, String> names) {
        Set<String> mailboxes = new HashSet<>();
        message.labelIds().stream()
                .filter(FakeGmailMailbox::isMailbox)
                .forEach(id -> mailboxes.add(names.getOrDefault(id, id)));
        Set<Keyword> keywords = new HashSet<>();
        if (!message.labelIds().contains(UNREAD)) {
            keywords.add(Keyword.SEEN);
        }
        if (message.labelIds().contains(STARRED)) {
            keywords.add(Keyword.FLAGGED);
        }
        return new SimulatedEmail(
                message.id(),
                SimulatedEmail.fingerprint(message.raw()),
                mailboxes.isEmpty() ? Set.of(ALL_MAIL) : mailboxes,
                keywords,
                true);
    }

    private static boolean isMailbox(String labelId) {
        return !labelId.equals(UNREAD) && !labelId.equals(STARRED);
    }

    @Override
    public List<String> mailboxes() {
        List<String> names = new ArrayList<>();
        mail.labels().stream().filter(label -> isMailbox(label.id())).forEach(label -> names.add(name(label)));
        names.add(ALL_MAIL);
        return names;
    }

    @Override
    public List<String> places() {
        List<String> places = new ArrayList<>();
        mail.labels().stream()
                .filter(label -> !label.system() || SYSTEM_PLACES.contains(label.id()))
                .forEach(label -> places.add(name(label)));
        places.add(ALL_MAIL);
        return places;
    }

    @Override
    public List<String> ownMailboxes() {
        return mail.labels().stream()
                .filter(label -> !label.system())
                .map(GmailLabel::name)
                .toList();
    }

    @Override
    public Set<Keyword> keywords() {
        return Set.of(Keyword.SEEN, Keyword.FLAGGED);
    }

    @Override
    public void deliver(String mailbox, byte[] message, Set<Keyword> keywords, Instant receivedAt) {
        Set<String> labels = new HashSet<>(labels(mailbox));
        labels.addAll(marks(keywords));
        String unusedId = mail.add(message, receivedAt, labels.stream().sorted().toArray(String[]::new));
    }

    private static Set<String> marks(Set<Keyword> keywords) {
        Set<String> labels = new HashSet<>();
        if (!keywords.contains(Keyword.SEEN)) {
            labels.add(UNREAD);
        }
        if (keywords.contains(Keyword.FLAGGED)) {
            labels.add(STARRED);
        }
        return labels;
    }

    /** Returns the label of a mailbox; "All Mail" has none. */
    private Set<String> labels(String mailbox) {
        return mailbox.equals(ALL_MAIL) ? Set.of() : Set.of(label(mailbox));
    }

    private String label(String mailbox) {
        return mail.labels().stream()
                .filter(label -> name(label).equals(mailbox))
                .map(GmailLabel::id)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void mark(SimulatedEmail email, Set<Keyword> keywords) {
        Set<String> add = marks(keywords);
        Set<String> remove = new HashSet<>(Set.of(UNREAD, STARRED));
        remove.removeAll(add);
        mail.modify(email.name(), add, remove);
    }

    @Override
    public void move(SimulatedEmail email, String from, String to) {
        mail.modify(email.name(), labels(to), labels(from));
    }

    @Override
    public void copy(SimulatedEmail email, String to) {
        mail.modify(email.name(), labels(to), Set.of());
    }

    @Override
    public void delete(SimulatedEmail email) {
        mail.delete(email.name());
    }

    @Override
    public void createMailbox(String name) {
        String unusedId = mail.createLabel(name);
    }

    @Override
    public void renameMailbox(String from, String to) {
        mail.renameLabel(label(from), to);
    }

    @Override
    public void removeMailbox(String name) {
        mail.deleteLabel(label(name));
    }

    @Override
    public void expireHistory() {
        mail.expireHistoryBefore(mail.historyId());
    }

    /** What is refused for good is what may be met by chance: a page token or a start of history that is no longer known. */
    @Override
    public void trouble(RandomGenerator choices) {
        GmailFault fault =
                switch (choices.nextInt(8)) {
                    case 0 ->
                        GmailFault.status(429, "rateLimitExceeded", "Rate Limit Exceeded")
                                .retryAfter(Duration.ZERO);
                    case 1 -> GmailFault.status(503, "backendError", "Backend Error");
                    case 2 -> GmailFault.status(502, "text/html", "<html>Bad Gateway</html>", Map.of());
                    case 3 -> GmailFault.resetBefore();
                    case 4 -> GmailFault.resetAfter();
                    case 5 ->
                        GmailFault.status(400, "invalidArgument", "Invalid pageToken")
                                .onPath("/(messages|history)$");
                    case 6 ->
                        GmailFault.status(404, "notFound", "Requested entity was not found.")
                                .onPath("/history$");
                    default -> GmailFault.truncate(choices.nextInt(200));
                };
        server.inject(fault.skip(choices.nextInt(12)).times(1 + choices.nextInt(3)));
    }

    @Override
    public void calm() {
        server.clearFaults();
    }

    @Override
    public void beforeRequest(Runnable hook) {
        server.beforeRequest(hook);
    }

    /** Several at once would be asked for side by side. */
    @Override
    public int readTogether() {
        return 1;
    }

    @Override
    public void close() {
        server.close();
    }
}
