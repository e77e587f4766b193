package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.command.Copied;
import dev.steadymail.imap.command.UidCopy;
import dev.steadymail.imap.command.UidMove;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Moves emails: by MOVE (RFC 6851), which is one step, else by COPY, {@code \Deleted} and UID EXPUNGE (RFC 4315). A server without
 * UIDPLUS keeps the originals marked {@code \Deleted}, since a plain EXPUNGE would remove what others marked.
 */
final class EmailMove {
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
        Map<EmailId, EmailId> moved = new HashMap<>();
        List<String> lines = connection.lines(UidSet.of(uids));
        for (String line : lines) {
            boolean first = line.equals(lines.get(0));
            note(moveSome(connection, line, to, first), place, to, moved);
        }
        return moved;
    }

    private static Copied moveSome(ImapConnection connection, String uids, String to, boolean first) {
        boolean claimed = connection.can("MOVE");
        if (claimed) {
            Optional<Copied> moved = once(() -> connection.runOnceIfUnderstood(new UidMove(uids, to)), first);
            if (moved.isPresent()) {
                return moved.get();
            }
        }
        Copied copied = once(() -> connection.runOnce(new UidCopy(uids, to)), first);
        if (claimed) {
            // Not before: what it did not understand may have been the name.
            connection.distrust("MOVE");
        }
        removeCopied(connection, UidSet.parse(uids));
        return copied;
    }

    /** A command after the first cannot fail as if nothing had happened. */
    private static <T> T once(Supplier<T> command, boolean first) {
        try {
            return command.get();
        } catch (MailException failure) {
            throw first ? failure : failure.toBuilder().mayHaveTakenEffect(true).build();
        }
    }

    private static void note(Copied copied, Place from, String to, Map<EmailId, EmailId> moved) {
        Place target = new Place(to, copied.uidValidity());
        copied.uids().forEach((before, after) -> moved.put(from.id(before), target.id(after)));
    }

    /** The copies are there by now: whoever repeated the whole would have them twice. */
    private static void removeCopied(ImapConnection connection, UidSet uids) {
        try {
            EmailRemoval.remove(connection, uids);
        } catch (MailException failure) {
            throw failure.toBuilder().mayHaveTakenEffect(true).build();
        }
    }
}
