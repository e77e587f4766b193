package dev.steadymail.mail;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One email as it was when fetched (RFC 8621 section 4). Immutable; content is private, so {@link #toString} shows only a digest of the id.
 *
 * @param id the provider's id
 * @param threadId the provider's thread, or null where it has none
 * @param blobId names the exact octets where they are kept, or null
 * @param mailboxIds where the email is, at least one
 * @param keywords its marks
 * @param receivedAt when it arrived (IMAP INTERNALDATE, Gmail internalDate)
 * @param size octets of the raw message; an estimate on Gmail unless the raw message was fetched
 * @param envelope the header, or null below {@link FetchLevel#METADATA}
 * @param body the root of the MIME tree, or null below {@link FetchLevel#STRUCTURE}
 * @param fingerprint what the message is known by when its id changes, or null where nothing tells
 * @param ancestry what it says of its conversation, or null where that was not read; a sync sets it where the provider has no threads
 */
public record Email(
        EmailId id,
        @Nullable ThreadId threadId,
        @Nullable BlobId blobId,
        Set<MailboxId> mailboxIds,
        Set<Keyword> keywords,
        Instant receivedAt,
        long size,
        @Nullable Envelope envelope,
        @Nullable BodyPart body,
        @Nullable Fingerprint fingerprint,
        @Nullable Ancestry ancestry) {
    public Email {
        mailboxIds = Set.copyOf(mailboxIds);
        keywords = Set.copyOf(keywords);
        if (fingerprint == null && envelope != null) {
            fingerprint = Fingerprint.ofMessageId(envelope.messageId());
        }
    }

    /** An email of a server that tells no object id: the Message-ID, where there is an envelope, is its fingerprint. */
    public Email(
            EmailId id,
            @Nullable ThreadId threadId,
            @Nullable BlobId blobId,
            Set<MailboxId> mailboxIds,
            Set<Keyword> keywords,
            Instant receivedAt,
            long size,
            @Nullable Envelope envelope,
            @Nullable BodyPart body) {
        this(id, threadId, blobId, mailboxIds, keywords, receivedAt, size, envelope, body, null, null);
    }

    /** Returns an email at level {@link FetchLevel#STATE}. */
    public static Email state(
            EmailId id,
            @Nullable ThreadId threadId,
            Set<MailboxId> mailboxIds,
            Set<Keyword> keywords,
            Instant receivedAt,
            long size) {
        return new Email(id, threadId, null, mailboxIds, keywords, receivedAt, size, null, null);
    }

    /** Returns this email with the place and size of its exact octets. */
    public Email withBlob(BlobId blobId, long size) {
        return new Email(
                id, threadId, blobId, mailboxIds, keywords, receivedAt, size, envelope, body, fingerprint, ancestry);
    }

    /** Returns this email with what it is known by when its id changes. */
    public Email withFingerprint(@Nullable Fingerprint fingerprint) {
        return new Email(
                id, threadId, blobId, mailboxIds, keywords, receivedAt, size, envelope, body, fingerprint, ancestry);
    }

    /** Returns this email with what it says of its conversation. */
    public Email withAncestry(@Nullable Ancestry ancestry) {
        return new Email(
                id, threadId, blobId, mailboxIds, keywords, receivedAt, size, envelope, body, fingerprint, ancestry);
    }

    /** Returns this email under another id, in other mailboxes. */
    public Email relocated(EmailId id, Set<MailboxId> mailboxIds) {
        return new Email(
                id, threadId, blobId, mailboxIds, keywords, receivedAt, size, envelope, body, fingerprint, ancestry);
    }

    /** Returns this email with other mailboxes and keywords. */
    public Email withState(Set<MailboxId> mailboxIds, Set<Keyword> keywords) {
        return new Email(
                id, threadId, blobId, mailboxIds, keywords, receivedAt, size, envelope, body, fingerprint, ancestry);
    }

    /**
     * Returns the decoded subject, empty where there is none.
     *
     * @throws IllegalStateException below {@link FetchLevel#METADATA}
     */
    public String subject() {
        return requireEnvelope().subject();
    }

    /**
     * Returns the authors as one line to show, for example {@code Ada Lovelace <ada@example.com>}; the parsed addresses are in
     * {@link #envelope}.
     *
     * @throws IllegalStateException below {@link FetchLevel#METADATA}
     */
    public String from() {
        return requireEnvelope().from().stream().map(EmailAddress::display).collect(Collectors.joining(", "));
    }

    /**
     * Returns the parts to offer for download, in order of appearance.
     *
     * @throws IllegalStateException below {@link FetchLevel#STRUCTURE}
     */
    public List<BodyPart> attachments() {
        if (body == null) {
            throw new IllegalStateException("body parts were not fetched: ask for FetchLevel.STRUCTURE");
        }
        Stream<BodyPart> parts = body.walk();
        return parts.filter(BodyPart::isAttachment).toList();
    }

    public boolean isSeen() {
        return keywords.contains(Keyword.SEEN);
    }

    public boolean isFlagged() {
        return keywords.contains(Keyword.FLAGGED);
    }

    private Envelope requireEnvelope() {
        if (envelope == null) {
            throw new IllegalStateException("the envelope was not fetched: ask for FetchLevel.METADATA");
        }
        return envelope;
    }

    @Override
    public String toString() {
        return "Email[" + id + "]";
    }
}
