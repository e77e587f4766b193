package dev.steadymail.imap;

import dev.steadymail.provider.Call;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangeRequest;
import org.jspecify.annotations.Nullable;

/**
 * Answers for changes. Goes on with the run at hand where the caller applied its last page, and starts another one otherwise, so
 * that a page asked for again after a crash is found anew. Thread-safe: one page at a time.
 */
final class ChangeFeed {
    private final ImapCalls calls;
    private final SizeMemory sizes;
    private @Nullable ChangeRun run;

    ChangeFeed(ImapCalls calls, SizeMemory sizes) {
        this.calls = calls;
        this.sizes = sizes;
    }

    synchronized ChangePage next(ChangeRequest request, Call call) {
        ChangeRun current = run;
        // A run that fails half-way must not go on: what it had found for the page is lost with it.
        run = null;
        if (current == null || !current.continues(request)) {
            current = ChangeRun.start(calls, sizes, request, call);
        }
        ChangePage page = current.next(request, call);
        run = page.last() ? null : current;
        return page;
    }
}
