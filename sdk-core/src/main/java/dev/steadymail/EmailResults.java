package dev.steadymail;

import dev.steadymail.mail.Email;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.PageToken;
import dev.steadymail.query.EmailQuery;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a query, read lazily: walking through it fetches one page at a time and holds nothing open between pages. Each
 * walk asks again from the start. Emails that arrive or leave meanwhile may or may not be seen. The object is thread-safe, an
 * iterator is not.
 */
public final class EmailResults implements Iterable<Email> {
    private final MailView view;
    private final EmailQuery query;

    EmailResults(MailView view, EmailQuery query) {
        this.view = view;
        this.query = query;
    }

    /** Starts a walk; its methods fail with {@link dev.steadymail.mail.MailException} where a page cannot be read. */
    @Override
    public Iterator<Email> iterator() {
        return new PagedIterator();
    }

    /** Returns the emails as a sequential stream that need not be closed. */
    public Stream<Email> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    private final class PagedIterator implements Iterator<Email> {
        private final Queue<Email> page = new ArrayDeque<>();
        private @Nullable PageToken next;
        private boolean started;
        private long left = query.limit();

        @Override
        public boolean hasNext() {
            while (left > 0 && page.isEmpty() && (!started || next != null)) {
                EmailPage fetched = view.provider().query(query, next, view.call());
                started = true;
                next = fetched.next();
                page.addAll(fetched.emails());
            }
            return left > 0 && !page.isEmpty();
        }

        @Override
        public Email next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the query has no more emails");
            }
            left--;
            return page.remove();
        }
    }
}
