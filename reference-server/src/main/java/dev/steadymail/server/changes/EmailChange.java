package dev.steadymail.server.changes;

import dev.steadymail.mail.Keyword;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be different about an email. At most one of {@code mailboxIds}, {@code addMailboxIds} with {@code removeMailboxIds}, {@code
 * archive} and {@code trash}; keywords go with any of them.
 *
 * @param keywords keywords to set (true) or take away (false); others stay; at most 100
 * @param mailboxIds the mailboxes to be in, and no others
 * @param addMailboxIds mailboxes to be in besides
 * @param removeMailboxIds mailboxes to leave
 * @param archive true to archive; false says nothing and is refused
 * @param trash true to move to the trash; false says nothing and is refused
 */
record EmailChange(
        @Nullable Map<String, @Nullable Boolean> keywords,
        @Nullable List<@Nullable UUID> mailboxIds,
        @Nullable List<@Nullable UUID> addMailboxIds,
        @Nullable List<@Nullable UUID> removeMailboxIds,
        @Nullable Boolean archive,
        @Nullable Boolean trash) {
    private static final int MOST = 100;

    /** The change that DELETE makes. */
    static final EmailChange TO_TRASH = new EmailChange(null, null, null, null, null, true);

    /**
     * Returns what is wished for, all of it checked.
     *
     * @throws WrongChangeException where it says nothing, contradicts itself or is too much
     */
    Wish wish() {
        Set<Keyword> set = keywords(true);
        Set<Keyword> clear = keywords(false);
        if (!Collections.disjoint(set, clear)) {
            throw new WrongChangeException("keywords names one keyword in two spellings with different values");
        }
        Placing placing = placing();
        if (set.isEmpty() && clear.isEmpty() && placing instanceof Placing.Stay) {
            throw new WrongChangeException(
                    "the change says nothing; give keywords, mailboxIds, addMailboxIds, removeMailboxIds, archive or trash");
        }
        return new Wish(set, clear, placing);
    }

    private Set<Keyword> keywords(boolean value) {
        Map<String, @Nullable Boolean> wanted = keywords == null ? Map.of() : keywords;
        if (wanted.size() > MOST) {
            throw new WrongChangeException("keywords must have at most " + MOST + " entries");
        }
        Set<Keyword> found = new LinkedHashSet<>();
        wanted.forEach((keyword, on) -> {
            if (on == null) {
                throw new WrongChangeException("each of keywords must be true or false");
            }
            if (on == value) {
                found.add(keyword(keyword));
            }
        });
        return found;
    }

    private static Keyword keyword(String text) {
        Keyword keyword;
        try {
            keyword = new Keyword(text);
        } catch (IllegalArgumentException wrong) {
            throw new WrongChangeException(String.valueOf(wrong.getMessage()));
        }
        if (keyword.equals(Keyword.DELETED)) {
            throw new WrongChangeException(
                    "$deleted marks an email for whoever empties its mailbox next; use trash, or DELETE on the email");
        }
        return keyword;
    }

    private Placing placing() {
        requireTrue("archive", archive);
        requireTrue("trash", trash);
        boolean some = addMailboxIds != null || removeMailboxIds != null;
        int ways = (mailboxIds == null ? 0 : 1) + (some ? 1 : 0) + (archive == null ? 0 : 1) + (trash == null ? 0 : 1);
        if (ways > 1) {
            throw new WrongChangeException("give only one of mailboxIds, addMailboxIds with removeMailboxIds, archive"
                    + " and trash: each says where the email is to be");
        }
        if (archive != null) {
            return new Placing.Archive();
        }
        if (trash != null) {
            return new Placing.Trash();
        }
        if (mailboxIds != null) {
            return exactly(ids("mailboxIds", mailboxIds));
        }
        return some
                ? change(ids("addMailboxIds", addMailboxIds), ids("removeMailboxIds", removeMailboxIds))
                : new Placing.Stay();
    }

    private static void requireTrue(String field, @Nullable Boolean value) {
        if (Boolean.FALSE.equals(value)) {
            throw new WrongChangeException(field + " can only be true; to take an email back out, give mailboxIds");
        }
    }

    private static Placing exactly(Set<UUID> mailboxes) {
        if (mailboxes.isEmpty()) {
            throw new WrongChangeException(
                    "mailboxIds must name at least one mailbox; archive, trash or DELETE the email instead");
        }
        return new Placing.Exactly(mailboxes);
    }

    private static Placing change(Set<UUID> add, Set<UUID> remove) {
        Set<UUID> both = new HashSet<>(add);
        both.retainAll(remove);
        if (!both.isEmpty()) {
            throw new WrongChangeException("a mailbox is in addMailboxIds and in removeMailboxIds; choose one");
        }
        return add.isEmpty() && remove.isEmpty() ? new Placing.Stay() : new Placing.Some(add, remove);
    }

    private static Set<UUID> ids(String field, @Nullable List<@Nullable UUID> ids) {
        List<@Nullable UUID> given = ids == null ? List.of() : ids;
        if (given.size() > MOST || given.stream().anyMatch(Objects::isNull)) {
            throw new WrongChangeException(field + " must be a list of at most " + MOST + " ids");
        }
        Set<UUID> found = new LinkedHashSet<>();
        for (UUID id : given) {
            found.add(Objects.requireNonNull(id));
        }
        return found;
    }

    /** Says what is changed, not to what: keywords may be people's own words. */
    @Override
    public String toString() {
        return "EmailChange[hidden]";
    }

    /** A change that was checked by itself, not yet against an email. */
    record Wish(Set<Keyword> set, Set<Keyword> clear, Placing placing) {
        Wish {
            set = Set.copyOf(set);
            clear = Set.copyOf(clear);
        }
    }
}
