package dev.steadymail.testkit.gmail;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which message each draft holds at the moment. Not threadsafe: used under the server's lock. */
final class DraftTable {
    private final Map<String, String> messageIds = new LinkedHashMap<>();
    private long last = 7_000_000_000_000_000_000L;

    String create(String messageId) {
        last += 12_347;
        String draftId = "r" + last;
        messageIds.put(draftId, messageId);
        return draftId;
    }

    String messageId(String draftId) {
        String messageId = messageIds.get(draftId);
        if (messageId == null) {
            throw ApiException.notFound();
        }
        return messageId;
    }

    /** Returns the id of the draft that holds the message. */
    String draftOf(String messageId) {
        for (Map.Entry<String, String> draft : messageIds.entrySet()) {
            if (draft.getValue().equals(messageId)) {
                return draft.getKey();
            }
        }
        throw ApiException.notFound();
    }

    /** Points a draft to its new message, in place of the entry that storing that message made. */
    void replace(String draftId, String newMessageId) {
        messageIds.values().remove(newMessageId);
        messageIds.put(draftId, newMessageId);
    }

    void removeMessage(String messageId) {
        messageIds.values().remove(messageId);
    }
}
