package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what happened to the mailboxes that are not selected by comparing them with what they were at the last report. Guarded by the lock
 * of the {@link AccountStore}.
 */
final class NotifyWatch {

    private final NotifyRequest request;
    private final AccountStore store;
    private Map<ServerMailbox, Seen> seen;

    NotifyWatch(NotifyRequest request, AccountStore store) {
        this.request = request;
        this.store = store;
        this.seen = look();
    }

    /** A mailbox at the last report. */
    private record Seen(String name, int messages, long uidNext, long highestModSeq) {

        /** Each arrival, expunge and change of flags took one modification sequence. */
        boolean had(NotifyEvent event, Seen now) {
            long arrived = now.uidNext - uidNext;
            long expunged = messages + arrived - now.messages;
            return switch (event) {
                case MESSAGE_NEW -> arrived > 0;
                case MESSAGE_EXPUNGE -> expunged > 0;
                case FLAG_CHANGE -> now.highestModSeq - highestModSeq > arrived + expunged;
                case MAILBOX_NAME -> !name.equals(now.name);
            };
        }
    }

    NotifyRequest request() {
        return request;
    }

    private Map<ServerMailbox, Seen> look() {
        Map<ServerMailbox, Seen> now = new LinkedHashMap<>();
        for (ServerMailbox each : store.mailboxes().values()) {
            now.put(each, new Seen(each.name(), each.messages().size(), each.uidNext(), each.highestModSeq()));
        }
        return now;
    }

    /** Tells the state of all mailboxes that are watched for messages (RFC 5465 section 3.1). */
    void tellStatus(ResponseWriter writer, @Nullable SelectedMailbox selected, ChangeTracking tracking) {
        for (ServerMailbox each : seen.keySet()) {
            if (!isSelected(each, selected) && request.wants(NotifyEvent.MESSAGE_NEW, store, each.name())) {
                writer.send(status(tracking).describe(each));
            }
        }
    }

    /** Tells what changed since the last report. */
    void report(ResponseWriter writer, @Nullable SelectedMailbox selected, ChangeTracking tracking) {
        Map<ServerMailbox, Seen> now = look();
        if (now.equals(seen)) {
            return;
        }
        Map<ServerMailbox, Seen> before = seen;
        seen = now;
        before.forEach((mailbox, was) -> tellDeleted(writer, was, now.containsKey(mailbox)));
        now.forEach((mailbox, is) -> tellName(writer, before.get(mailbox), is));
        now.forEach((mailbox, is) -> {
            Seen was = before.getOrDefault(mailbox, new Seen(is.name, 0, 1, 1));
            if (!isSelected(mailbox, selected) && hasNews(was, is)) {
                writer.send(status(tracking).describe(mailbox));
            }
        });
    }

    private void tellDeleted(ResponseWriter writer, Seen was, boolean stillThere) {
        if (!stillThere && request.wants(NotifyEvent.MAILBOX_NAME, store, was.name)) {
            ListCommand.send("LIST", "\\NonExistent", was.name, writer);
        }
    }

    /** The old name tells a rename from a new mailbox (RFC 5465 section 5.4). */
    private void tellName(ResponseWriter writer, @Nullable Seen was, Seen is) {
        if (was == null && request.wants(NotifyEvent.MAILBOX_NAME, store, is.name)) {
            ListCommand.send("LIST", "", is.name, writer);
        } else if (was != null && was.had(NotifyEvent.MAILBOX_NAME, is) && wantsRename(was, is)) {
            writer.send(ResponseLine.untagged("LIST () \"" + ServerMailbox.DELIMITER + "\" ")
                    .mailbox(is.name)
                    .text(" (\"OLDNAME\" (")
                    .mailbox(was.name)
                    .text("))"));
        }
    }

    private boolean wantsRename(Seen was, Seen is) {
        return request.wants(NotifyEvent.MAILBOX_NAME, store, was.name)
                || request.wants(NotifyEvent.MAILBOX_NAME, store, is.name);
    }

    private boolean hasNews(Seen was, Seen is) {
        return List.of(NotifyEvent.MESSAGE_NEW, NotifyEvent.MESSAGE_EXPUNGE, NotifyEvent.FLAG_CHANGE).stream()
                .anyMatch(event -> was.had(event, is) && request.wants(event, store, is.name));
    }

    private static boolean isSelected(ServerMailbox mailbox, @Nullable SelectedMailbox selected) {
        return selected != null && selected.mailbox() == mailbox;
    }

    private static StatusItems status(ChangeTracking tracking) {
        List<String> names = new ArrayList<>(List.of("MESSAGES", "UIDNEXT", "UIDVALIDITY", "UNSEEN"));
        if (tracking.tellsModSeq()) {
            names.add("HIGHESTMODSEQ");
        }
        return new StatusItems(names);
    }
}
