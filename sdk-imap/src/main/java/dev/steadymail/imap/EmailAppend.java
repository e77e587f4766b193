package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.command.Append;
import dev.steadymail.imap.command.Append.Appended;
import dev.steadymail.imap.command.SearchKeys;
import dev.steadymail.imap.command.SelectedMailbox;
import dev.steadymail.imap.decode.KeywordNames;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RawContent;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MessageHeader;
import java.util.List;
import java.util.Set;

/**
 * Adds messages by APPEND (RFC 3501 section 6.3.11), streamed while they are sent. The id is what the server tells (RFC 4315 section
 * 3); one that tells nothing is asked for the Message-ID among what arrived since. APPEND is never repeated after an unclear end.
 */
final class EmailAppend {
    private final ImapCalls calls;

    EmailAppend(ImapCalls calls) {
        this.calls = calls;
    }

    EmailId add(RawContent content, EmailImport into, Call call) {
        if (into.mailboxIds().size() > 1) {
            throw Capability.MULTIPLE_MAILBOXES.missing();
        }
        return add(content, into.mailboxIds().iterator().next().value(), into, call);
    }

    private EmailId add(RawContent content, String mailbox, EmailImport into, Call call) {
        if (content.size() < 1) {
            throw MailException.of(Kind.INVALID, "a message must have at least one octet; write its header");
        }
        CheckedSource octets = new CheckedSource(content);
        try {
            return calls.upload(
                    "APPEND", mailbox, content.size(), call, connection -> append(connection, octets, mailbox, into));
        } catch (MailException failure) {
            throw octets.failed() ? octets.failure() : failure;
        }
    }

    private static EmailId append(ImapConnection connection, CheckedSource octets, String mailbox, EmailImport into) {
        requireRoom(connection, octets.size());
        boolean tells = connection.can("UIDPLUS");
        List<String> flags = flags(connection, mailbox, into.keywords());
        long uidNext = tells ? 1 : Math.max(1, connection.examineAgain(mailbox).uidNext());
        Append append = Append.to(mailbox, octets, octets.size()).flags(flags);
        Appended appended =
                connection.runOnce(into.receivedAt() == null ? append : append.receivedAt(into.receivedAt()));
        return appended.uid() > 0
                ? ImapEmailId.of(appended.uidValidity(), appended.uid(), mailbox)
                : found(connection, octets.content(), mailbox, uidNext);
    }

    private static void requireRoom(ImapConnection connection, long size) {
        if (!Append.fits(size, connection.capabilities())) {
            throw MailException.of(
                    Kind.TOO_LARGE,
                    "the server takes messages of up to "
                            + Append.limit(connection.capabilities()).orElse(0) + " octets, this one has " + size);
        }
    }

    /** A server drops flags that it does not keep without a word, so those that are made up are checked before. */
    private static List<String> flags(ImapConnection connection, String mailbox, Set<Keyword> keywords) {
        boolean usual = keywords.stream().map(KeywordNames::flag).allMatch(flag -> flag.startsWith("\\"));
        if (usual) {
            return keywords.stream().sorted().map(KeywordNames::flag).toList();
        }
        SelectedMailbox opened = connection.select(mailbox);
        KeywordChange.requireKept(opened, keywords);
        return KeywordChange.flags(opened, keywords);
    }

    /** The message is there by now, whatever comes: no failure from here on may look as if it were not. */
    private static EmailId found(ImapConnection connection, RawContent content, String mailbox, long uidNext) {
        try {
            String messageId = MessageHeader.of(content).first("Message-ID").orElse("");
            SelectedMailbox opened = connection.examineAgain(mailbox);
            if (!messageId.isEmpty()) {
                SearchKeys keys = SearchKeys.ALL.uids(uidNext + ":*").text("HEADER Message-ID", messageId);
                UidSet found = connection.search(keys);
                long[] uids = found.ascending().filter(uid -> uid >= uidNext).toArray();
                if (uids.length == 1) {
                    return new Place(mailbox, opened.uidValidity()).id(uids[0]);
                }
            }
        } catch (MailException failure) {
            throw failure.toBuilder().mayHaveTakenEffect(true).build();
        }
        throw MailException.builder(
                        Kind.PROTOCOL,
                        "the message was added, but the server did not tell its id; do not add it again, query for it")
                .permanent()
                .mayHaveTakenEffect(true)
                .build();
    }
}
