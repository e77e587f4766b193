package dev.steadymail.testkit.gmail;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides the thread of a new message: it must name an earlier one or the thread, and its subject must match. */
final class ThreadIndex {
    private static final Pattern MESSAGE_ID = Pattern.compile("<([^<>\\s]+)>");
    private static final int MAX_REFERENCES = 1_000;

    private final Map<String, Place> byRfc822Id = new HashMap<>();
    private final Map<String, String> subjects = new HashMap<>();

    private record Place(String threadId, String subject) {}

    String threadFor(MimePart mime, @Nullable String wanted, String otherwise) {
        String subject = StoredMessage.baseSubject(mime);
        if (wanted != null) {
            return subject.equals(subjects.get(wanted)) ? wanted : otherwise;
        }
        for (String reference : references(mime)) {
            Place place = byRfc822Id.get(reference);
            if (place != null && place.subject().equals(subject)) {
                return place.threadId();
            }
        }
        return otherwise;
    }

    void add(StoredMessage message) {
        String subject = StoredMessage.baseSubject(message.mime());
        subjects.putIfAbsent(message.threadId(), subject);
        if (!message.rfc822Id().isEmpty()) {
            byRfc822Id.put(message.rfc822Id(), new Place(message.threadId(), subject));
        }
    }

    /** Returns what the message refers to, nearest first. */
    private static List<String> references(MimePart mime) {
        List<String> ids = new ArrayList<>();
        Matcher matcher =
                MESSAGE_ID.matcher(mime.decodedHeader("References") + " " + mime.decodedHeader("In-Reply-To"));
        while (matcher.find() && ids.size() < MAX_REFERENCES) {
            ids.add(matcher.group(1));
        }
        Collections.reverse(ids);
        return ids;
    }
}
