package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * Moves emails: by MOVE (RFC 6851), which is one step, else by COPY, {@code \Deleted} and UID EXPUNGE (RFC 4315). A server without
 * UIDPLUS keeps the originals marked {@code \Deleted}, since a plain EXPUNGE would remove what others marked.
 */
final class EmailMove {
    private static final int MOST_TOLD = 100_000;

    private final ImapCalls calls;

    EmailMove(ImapCalls calls) {
        this.calls = calls;
    }

    Map<EmailId, EmailId> move(List<EmailId> ids, MailboxId from, MailboxId to, Call call) {
        Map<EmailId, EmailId> moved = new HashMap<>();
        ImapEmailId.byPlace(ids).forEach((place, uids) -> {
            if (place.mailbox().equals(from.value())) {
                moved.putAll(calls.write(
                        "UID MOVE", place.mailbox(), call, connection -> move(connection, place, uids, to.value())));
            }
        });
        return moved;
    }

    private static Map<EmailId, EmailId> move(ImapConnection connection, Place place, List<Long> uids, String to) {
        if (connection.select(place.mailbox()).uidValidity() != place.uidValidity()) {
            return Map.of();
        }
        Copied copied = new Copied(place, to);
        List<String> lines = UidSet.of(uids).lines();
        for (String line : lines) {
            boolean first = line.equals(lines.get(0));
            if (connection.can("MOVE")) {
                copied.observe(once(connection, "UID MOVE", arguments(line, to), first, copied));
            } else {
                copied.observe(once(connection, "UID COPY", arguments(line, to), first, copied));
                removeCopied(connection, UidSet.parse(line));
            }
        }
        return copied.ids;
    }

    /** A command after the first cannot fail as if nothing had happened. */
    private static ResponseCode once(
            ImapConnection connection, String command, Argument arguments, boolean first, Copied copied) {
        try {
            return connection.commandOnce(command, arguments, copied::observe);
        } catch (MailException failure) {
            throw first ? failure : failure.toBuilder().mayHaveTakenEffect(true).build();
        }
    }

    /** The copies are there by now: whoever repeated the whole would have them twice. */
    private static void removeCopied(ImapConnection connection, UidSet uids) {
        try {
            EmailRemoval.remove(connection, uids);
        } catch (MailException failure) {
            throw failure.toBuilder().mayHaveTakenEffect(true).build();
        }
    }

    private static Argument arguments(String uids, String to) {
        return Arguments.atomsAndMailbox(uids, to);
    }

    /** Reads COPYUID (RFC 4315 section 3), which comes with the tagged answer of COPY, and before it with MOVE. */
    private static final class Copied {
        private final Place from;
        private final String to;
        private final Map<EmailId, EmailId> ids = new HashMap<>();

        Copied(Place from, String to) {
            this.from = from;
            this.to = to;
        }

        void observe(IMAPResponse response) {
            if (response.isOK()) {
                observe(ResponseCode.parse(response.toString()));
            }
        }

        void observe(ResponseCode answer) {
            String[] parts = answer.arguments().split(" +");
            if (!answer.has("COPYUID") || parts.length < 3 || !parts[0].matches("\\d{1,10}")) {
                return;
            }
            Place target = new Place(to, Long.parseLong(parts[0]));
            List<Long> before = UidSet.inOrder(parts[1], MOST_TOLD);
            List<Long> after = UidSet.inOrder(parts[2], MOST_TOLD);
            for (int i = 0; before.size() == after.size() && i < before.size(); i++) {
                ids.put(from.id(before.get(i)), target.id(after.get(i)));
            }
        }
    }
}
