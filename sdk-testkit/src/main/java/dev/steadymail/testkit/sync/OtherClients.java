package dev.steadymail.testkit.sync;

import dev.steadymail.mail.Keyword;
import dev.steadymail.testkit.simulation.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What others do to a mailbox, drawn act by act. An act for which there is no occasion is left out. Thread-safe. */
final class OtherClients {
    private static final int MOST_EMAILS = 40;
    private static final int TWIN_MOMENTS = 6;
    private static final int MOST_MAILBOXES = 6;

    private final SimulatedMailbox mailbox;
    private final Chance chance;
    private final SyncStory story;
    private final boolean twins;
    private final List<MailboxAct> acts;
    private final Map<MailboxAct, Long> done = new EnumMap<>(MailboxAct.class);
    private int lastMessage;
    private int lastMailbox;

    OtherClients(SimulatedMailbox mailbox, Chance chance, SyncStory story, boolean twins) {
        this.mailbox = mailbox;
        this.chance = chance;
        this.story = story;
        this.twins = twins;
        this.acts = List.copyOf(new TreeSet<>(mailbox.acts()));
    }

    synchronized void act(int times) {
        for (int i = 0; i < times; i++) {
            MailboxAct act = draw();
            String what = perform(act);
            if (!what.isEmpty()) {
                done.merge(act, 1L, Long::sum);
                story.tell(act + " " + what);
            }
        }
    }

    synchronized void deliver(int times) {
        for (int i = 0; i < times; i++) {
            story.tell("DELIVER " + deliver());
        }
    }

    synchronized void makeReadable() {
        mailbox.makeReadable();
        story.tell("all can be read");
    }

    synchronized Map<MailboxAct, Long> done() {
        return Map.copyOf(done);
    }

    private MailboxAct draw() {
        int left = chance.below(acts.stream().mapToInt(MailboxAct::weight).sum());
        for (MailboxAct act : acts) {
            left -= act.weight();
            if (left < 0) {
                return act;
            }
        }
        throw new IllegalStateException("no act was drawn");
    }

    /** Returns what was done, or nothing where there was no occasion. */
    private String perform(MailboxAct act) {
        return switch (act) {
            case DELIVER -> mailbox.emails().size() < MOST_EMAILS ? deliver() : "";
            case MARK, MOVE, COPY, DELETE, MAKE_UNREADABLE -> onEmail(act);
            case CREATE_MAILBOX -> createMailbox();
            case RENAME_MAILBOX, REMOVE_MAILBOX -> onOwnMailbox(act);
            case RENUMBER, RESET_MOD_SEQ -> onPlace(act);
            case EXPIRE_HISTORY -> {
                mailbox.expireHistory();
                yield "everything";
            }
            case MAKE_READABLE -> {
                mailbox.makeReadable();
                yield "everything";
            }
        };
    }

    private String deliver() {
        int number = ++lastMessage;
        String place = twins ? mailbox.places().get(0) : chance.any(mailbox.places());
        int moment = twins ? chance.below(TWIN_MOMENTS) : number;
        mailbox.deliver(place, message(number), marks(), instant(moment));
        return number + " to " + place;
    }

    /** Whole seconds, as IMAP keeps no parts of them. */
    private static Instant instant(int second) {
        return Simulation.START.plusSeconds(second);
    }

    /** Without twins no two messages have size and time in common. Octets always differ. */
    private byte[] message(int number) {
        String padding = "x".repeat(twins ? 0 : chance.below(200));
        String text = "Message-ID: <" + name(number) + "@simulation>\r\n"
                + "From: ada@example.com\r\nTo: ben@example.com\r\nSubject: " + name(number) + "\r\n\r\n"
                + "text " + padding + "\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String name(int number) {
        return String.format("m%05d", number);
    }

    private Set<Keyword> marks() {
        Set<Keyword> marks = new HashSet<>();
        for (Keyword keyword : new TreeSet<>(mailbox.keywords())) {
            if (chance.below(3) == 0) {
                marks.add(keyword);
            }
        }
        return marks;
    }

    private String onEmail(MailboxAct act) {
        List<SimulatedEmail> emails = mailbox.emails();
        if (emails.isEmpty()) {
            return "";
        }
        SimulatedEmail email = chance.any(emails);
        return switch (act) {
            case MARK -> {
                mailbox.mark(email, marks());
                yield email.name();
            }
            case MOVE -> move(email);
            case COPY -> copy(email);
            case DELETE -> {
                mailbox.delete(email);
                yield email.name();
            }
            default -> {
                mailbox.makeUnreadable(email);
                yield email.name();
            }
        };
    }

    private String move(SimulatedEmail email) {
        String from = chance.any(List.copyOf(new TreeSet<>(email.mailboxes())));
        String to = chance.any(mailbox.places());
        if (from.equals(to) || email.mailboxes().contains(to)) {
            return "";
        }
        mailbox.move(email, from, to);
        return email.name() + " from " + from + " to " + to;
    }

    private String copy(SimulatedEmail email) {
        String to = chance.any(mailbox.places());
        if (email.mailboxes().contains(to)) {
            return "";
        }
        mailbox.copy(email, to);
        return email.name() + " to " + to;
    }

    private String createMailbox() {
        if (mailbox.ownMailboxes().size() >= MOST_MAILBOXES) {
            return "";
        }
        String name = newName();
        mailbox.createMailbox(name);
        return name;
    }

    /** Names have up to two levels, and a name that was given up may come back with other mail. */
    private String newName() {
        List<String> taken = mailbox.mailboxes();
        List<String> own = mailbox.ownMailboxes().stream()
                .filter(name -> !name.contains("/"))
                .toList();
        String level = "box " + (chance.below(2) == 0 ? ++lastMailbox : 1 + chance.below(3));
        String name = own.isEmpty() || chance.below(3) > 0 ? level : chance.any(own) + "/" + level;
        return taken.contains(name) ? name + " " + ++lastMailbox : name;
    }

    private String onOwnMailbox(MailboxAct act) {
        List<String> own = mailbox.ownMailboxes();
        if (own.isEmpty()) {
            return "";
        }
        String name = chance.any(own);
        if (act == MailboxAct.RENAME_MAILBOX) {
            String to = newName();
            if (to.startsWith(name + "/")) {
                return "";
            }
            mailbox.renameMailbox(name, to);
            return name + " to " + to;
        }
        if (own.stream().anyMatch(other -> other.startsWith(name + "/"))) {
            return "";
        }
        mailbox.removeMailbox(name);
        return name;
    }

    private String onPlace(MailboxAct act) {
        String place = twins ? mailbox.places().get(0) : chance.any(mailbox.places());
        if (act == MailboxAct.RENUMBER) {
            mailbox.renumber(place);
        } else {
            mailbox.resetModSeq(place);
        }
        return place;
    }
}
