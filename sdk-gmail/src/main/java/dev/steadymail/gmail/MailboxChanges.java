package dev.steadymail.gmail;

import dev.steadymail.provider.Call;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangeRequest;
import java.util.ArrayList;
import java.util.List;

/** Mailboxes that differ from those known, with what the end of a label means for the emails that bore it. */
final class MailboxChanges {
    private MailboxChanges() {}

    static List<Change> of(ChangeRun run, ChangeRequest request, Call call) {
        List<Change> changes = new ArrayList<>(run.mailboxChanges(request.known(), call));
        EmailDeltas deltas = new EmailDeltas();
        deltas.drop(changes, request.known());
        deltas.resolve(request.known(), new Scope(request.scope())).changes().forEach(changes::add);
        return changes;
    }
}
