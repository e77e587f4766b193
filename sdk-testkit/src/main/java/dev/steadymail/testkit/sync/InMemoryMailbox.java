package dev.steadymail.testkit.sync;

import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.testkit.memory.InMemoryAccount;
import dev.steadymail.testkit.memory.InMemoryEmail;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The mailbox of an {@link InMemoryAccount}, which is server and provider in one: the quickest way to try a store. */
public final class InMemoryMailbox implements SimulatedMailbox {
    private static final List<Kind> PASSING = List.of(Kind.NETWORK, Kind.UNAVAILABLE, Kind.TIMEOUT);
    private static final List<String> REQUESTS = List.of("changes", "raw");

    private final InMemoryAccount account;
    private final Set<MailboxAct> acts;
    private final Set<String> unreadable = new HashSet<>();

    private InMemoryMailbox(InMemoryAccount account, Set<MailboxAct> without) {
        this.account = account;
        this.acts = EnumSet.complementOf(EnumSet.copyOf(without));
    }

    /** Returns a mailbox whose emails are in one folder each and have other ids when they are moved or renumbered. */
    public static InMemoryMailbox folders() {
        return new InMemoryMailbox(InMemoryAccount.folders(), Set.of(MailboxAct.COPY, MailboxAct.RESET_MOD_SEQ));
    }

    /** Returns a mailbox whose emails have ids for ever and any number of labels. */
    public static InMemoryMailbox labels() {
        return new InMemoryMailbox(InMemoryAccount.labels(), Set.of(MailboxAct.RENUMBER, MailboxAct.RESET_MOD_SEQ));
    }

    @Override
    public MailAccount account() {
        return account;
    }

    @Override
    public Set<MailboxAct> acts() {
        return acts;
    }

    @Override
    public List<SimulatedEmail> emails() {
        return account.emails().stream().map(this::email).toList();
    }

    private SimulatedEmail email(InMemoryEmail email) {
        String name = Objects.requireNonNull(email.messageId());
        return new SimulatedEmail(
                name,
                SimulatedEmail.fingerprint(email.raw()),
                email.mailboxes(),
                email.keywords(),
                !unreadable.contains(name));
    }

    @Override
    public List<String> mailboxes() {
        return account.mailboxes();
    }

    @Override
    public List<String> ownMailboxes() {
        return mailboxes().stream().filter(name -> name.startsWith("box ")).toList();
    }

    @Override
    public Set<Keyword> keywords() {
        return Set.of(Keyword.SEEN, Keyword.FLAGGED, new Keyword("later"));
    }

    @Override
    public void deliver(String mailbox, byte[] message, Set<Keyword> keywords, Instant receivedAt) {
        account.deliver(mailbox, message, keywords, receivedAt);
    }

    @Override
    public void mark(SimulatedEmail email, Set<Keyword> keywords) {
        account.setKeywords(email.name(), keywords);
    }

    @Override
    public void move(SimulatedEmail email, String from, String to) {
        account.move(email.name(), from, to);
    }

    @Override
    public void copy(SimulatedEmail email, String to) {
        account.addTo(to, email.name());
    }

    @Override
    public void delete(SimulatedEmail email) {
        account.remove(email.name());
    }

    @Override
    public void createMailbox(String name) {
        account.createMailbox(name);
    }

    @Override
    public void renameMailbox(String from, String to) {
        account.renameMailbox(from, to);
    }

    @Override
    public void removeMailbox(String name) {
        account.removeMailbox(name);
    }

    @Override
    public void renumber(String mailbox) {
        account.renumber(mailbox);
    }

    @Override
    public void expireHistory() {
        account.expireCursors();
    }

    @Override
    public void makeUnreadable(SimulatedEmail email) {
        unreadable.add(email.name());
        account.makeUnreadable(email.name(), MailException.of(Kind.PROTOCOL, "damaged"));
    }

    @Override
    public void makeReadable() {
        unreadable.forEach(account::makeReadable);
        unreadable.clear();
    }

    @Override
    public void trouble(RandomGenerator choices) {
        String request = REQUESTS.get(choices.nextInt(REQUESTS.size()));
        MailException failure = MailException.of(PASSING.get(choices.nextInt(PASSING.size())), "a fault");
        int times = 1 + choices.nextInt(2);
        if (choices.nextBoolean()) {
            account.faults().failNext(request, times, failure);
        } else {
            account.faults().failAfterEffect(request, times, failure);
        }
    }

    @Override
    public void calm() {
        account.faults().clear();
    }

    @Override
    public void beforeRequest(Runnable hook) {
        account.faults().beforeRequest(hook);
    }

    @Override
    public void close() {
        calm();
    }
}
