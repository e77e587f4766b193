package dev.steadymail.testkit.gmail;

import java.util.List;

/** The messages that a list call asks for by labelIds, q and includeSpamTrash. */
record Selection(Mailbox mailbox, List<String> labelIds, SearchQuery query, boolean includeSpamTrash) {

    static Selection of(Call call) {
        List<String> labelIds = call.params("labelIds");
        call.mailbox().labels().requireKnown(labelIds);
        String q = call.param("q");
        SearchQuery query = SearchParser.parse(q == null ? "" : q, call.mailbox());
        boolean hidden = call.flag("includeSpamTrash")
                || query.reachesSpamTrash()
                || labelIds.contains("SPAM")
                || labelIds.contains("TRASH");
        return new Selection(call.mailbox(), labelIds, query, hidden);
    }

    boolean includes(StoredMessage message) {
        return (includeSpamTrash || !message.isHidden())
                && labelIds.stream().allMatch(message::has)
                && query.matches(message);
    }

    /** Returns them newest first. */
    List<StoredMessage> messages() {
        return mailbox.newestFirst().stream().filter(this::includes).toList();
    }
}
