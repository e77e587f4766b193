package dev.steadymail.cache;

import dev.steadymail.cache.CacheValue.OfEmail;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A change of keywords by ourselves that is under way.
 *
 * @param ids what it changes
 * @param begun when it began, in the order of changes
 * @param before emails whose state was known then
 */
record OwnMarks(List<EmailId> ids, long begun, Map<EmailId, OfEmail> before) {
    OwnMarks {
        ids = List.copyOf(ids);
        before = Map.copyOf(before);
    }

    /** Returns an email as the change leaves it; what others do to it is known as well as before. */
    static OfEmail marked(OfEmail before, Collection<Keyword> add, Collection<Keyword> remove) {
        Set<Keyword> keywords = new HashSet<>(before.email().keywords());
        keywords.removeAll(remove);
        keywords.addAll(add);
        return before.withState(before.email().mailboxIds(), keywords);
    }
}
