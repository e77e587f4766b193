package dev.steadymail.testkit.memory;

import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.Role;
import dev.steadymail.mail.SendResult.Sent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** One message that a client writes at a moment: an import, a draft, or one that is sent. */
final class Incoming {
    private static final long MOST_OCTETS = 36_700_160;

    private final InMemoryOptions options;
    private final MailState state;
    private final Owner owner;
    private final Instant now;

    Incoming(InMemoryOptions options, MailState state, Owner owner, Instant now) {
        this.options = options;
        this.state = state;
        this.owner = owner;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    static ParsedMessage parse(RawContent content) {
        if (content.size() < 1) {
            throw MailException.of(Kind.INVALID, "a message must have at least one octet; write its header");
        }
        if (content.size() > MOST_OCTETS) {
            throw MailException.of(
                    Kind.TOO_LARGE,
                    "a message may have " + MOST_OCTETS + " octets, had " + content.size() + "; leave attachments out");
        }
        try (InputStream octets = content.open()) {
            return new ParsedMessage(octets.readAllBytes());
        } catch (IOException failure) {
            throw MailException.of(
                    Kind.STORAGE, "the message cannot be read; check where its octets come from", failure);
        }
    }

    EmailId add(ParsedMessage message, EmailImport into) {
        if (into.mailboxIds().size() > 1 && !options.labels()) {
            throw MailException.of(
                    Kind.UNSUPPORTED, "an email is in one mailbox here; import it into one and copy nothing");
        }
        Instant receivedAt = into.receivedAt() == null ? now : into.receivedAt().truncatedTo(ChronoUnit.SECONDS);
        return state.add(into.mailboxIds(), message, into.keywords(), receivedAt)
                .id();
    }

    Sent send(ParsedMessage message) {
        owner.send(message.raw());
        StoredEmail copy = state.add(Set.of(state.withRole(Role.SENT)), message, Set.of(Keyword.SEEN), now);
        return new Sent(copy.id(), copy.threadId());
    }

    EmailId draft(ParsedMessage message) {
        return state.add(Set.of(drafts()), message, Set.of(Keyword.DRAFT, Keyword.SEEN), now)
                .id();
    }

    EmailId replace(EmailId draft, ParsedMessage message) {
        return state.atOnce(() -> {
            StoredEmail old = require(draft);
            EmailId replaced = draft(message);
            state.remove(List.of(old));
            return replaced;
        });
    }

    Sent sendDraft(EmailId draft) {
        return state.atOnce(() -> {
            StoredEmail old = require(draft);
            Sent sent = send(old.message());
            state.remove(List.of(old));
            return sent;
        });
    }

    boolean discard(EmailId draft) {
        return state.atOnce(() -> {
            state.remove(List.of(require(draft)));
            return true;
        });
    }

    private StoredEmail require(EmailId draft) {
        return state.find(draft)
                .filter(email -> email.mailboxIds().contains(drafts()))
                .orElseThrow(() -> MailException.of(
                        Kind.CONFLICT,
                        "no draft has this id now: it was changed, sent or removed elsewhere; list the drafts again"));
    }

    private MailboxId drafts() {
        return state.withRole(Role.DRAFTS);
    }
}
