package dev.steadymail.cli.watch;

import dev.steadymail.cli.terminal.JsonLine;
import dev.steadymail.cli.terminal.SafeText;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change.Relocated;
import dev.steadymail.provider.Change.Updated;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.sync.SyncBatch;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a batch changes, as lines to print, against what was known before it: a change that changes nothing has no line, so that a
 * batch that is applied again tells nothing again. For one batch, and not thread-safe.
 */
final class BatchLines {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final KnownEmails known;
    private final SyncBatch batch;
    private final Map<MailboxId, String> names = new HashMap<>();
    private final Map<EmailId, KnownEmail> relocated = new HashMap<>();
    private final List<JsonLine> lines = new ArrayList<>();

    private BatchLines(KnownEmails known, SyncBatch batch) {
        this.known = known;
        this.batch = batch;
        name(known.mailboxes());
        name(batch.mailboxesSaved());
    }

    /** Returns the lines in the order in which a batch is applied; to be called before it is. */
    static List<JsonLine> of(SyncBatch batch, KnownEmails known) {
        return new BatchLines(known, batch).lines();
    }

    private List<JsonLine> lines() {
        Set<EmailId> destroyed = new HashSet<>(batch.destroyed());
        batch.relocated().forEach(this::relocated);
        batch.created().stream()
                .filter(email -> !destroyed.contains(email.id()))
                .forEach(this::created);
        batch.updated().stream()
                .filter(email -> !destroyed.contains(email.id()))
                .forEach(this::updated);
        destroyed.forEach(this::destroyed);
        return lines;
    }

    private void relocated(Relocated change) {
        KnownEmail before = find(change.from());
        if (before != null) {
            relocated.put(change.to(), at(before, change.to(), change.mailboxIds(), before.keywords()));
            moved(before, change.to(), change.mailboxIds());
        }
    }

    private void created(Email email) {
        KnownEmail before = find(email.id());
        if (before == null) {
            lines.add(line("created", email.mailboxIds(), email.id())
                    .put("from", SafeText.line(email.from()))
                    .put("subject", SafeText.line(email.subject()))
                    .put("receivedAt", time(email.receivedAt()))
                    .put("size", email.size()));
        } else {
            changed(before, email.mailboxIds(), email.keywords());
        }
    }

    private void updated(Updated change) {
        KnownEmail before = find(change.id());
        if (before != null) {
            changed(before, change.mailboxIds(), change.keywords());
        }
    }

    private void changed(KnownEmail before, Set<MailboxId> mailboxIds, Set<Keyword> keywords) {
        if (!before.mailboxIds().equals(mailboxIds)) {
            moved(before, before.id(), mailboxIds);
        }
        if (!before.keywords().equals(keywords)) {
            lines.add(line("updated", mailboxIds, before.id()).put("keywords", sorted(keywords, Keyword::value)));
        }
    }

    private void moved(KnownEmail before, EmailId id, Set<MailboxId> mailboxIds) {
        lines.add(line("moved", mailboxIds, id)
                .put("oldMailbox", mailbox(before.mailboxIds()))
                .put("oldId", before.id().value()));
    }

    private void destroyed(EmailId id) {
        KnownEmail before = find(id);
        if (before != null) {
            lines.add(line("destroyed", before.mailboxIds(), id));
        }
    }

    private JsonLine line(String event, Set<MailboxId> mailboxIds, EmailId id) {
        return new JsonLine()
                .put("event", event)
                .put("mailbox", mailbox(mailboxIds))
                .put("id", id.value());
    }

    private @Nullable KnownEmail find(EmailId id) {
        KnownEmail there = relocated.get(id);
        return there == null ? known.find(id).orElse(null) : there;
    }

    private static KnownEmail at(KnownEmail before, EmailId id, Set<MailboxId> mailboxIds, Set<Keyword> keywords) {
        return new KnownEmail(id, mailboxIds, keywords, before.receivedAt(), before.size(), before.fingerprint());
    }

    private void name(Collection<Mailbox> mailboxes) {
        mailboxes.forEach(mailbox -> names.put(mailbox.id(), mailbox.fullName()));
    }

    /** Where an email is in several mailboxes at once, the first by name stands for them. */
    private @Nullable String mailbox(Set<MailboxId> ids) {
        return sorted(ids, id -> names.getOrDefault(id, id.value())).stream()
                .findFirst()
                .orElse(null);
    }

    private static <T> List<String> sorted(Collection<T> values, Function<T, String> text) {
        return values.stream().map(text).sorted().collect(Collectors.toList());
    }

    private static String time(Instant instant) {
        return MILLIS.format(instant);
    }
}
