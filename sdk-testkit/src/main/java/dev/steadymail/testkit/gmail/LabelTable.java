package dev.steadymail.testkit.gmail;

import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The labels of one mailbox. Not threadsafe: used under the server's lock. */
final class LabelTable {
    private static final int MAX_NAME_LENGTH = 225;
    private static final int MAX_LABELS = 10_000; // the service's own limit
    private static final List<String> SYSTEM = List.of(
            "INBOX",
            "SENT",
            "DRAFT",
            "SPAM",
            "TRASH",
            "UNREAD",
            "STARRED",
            "IMPORTANT",
            "CHAT",
            "CATEGORY_PERSONAL",
            "CATEGORY_SOCIAL",
            "CATEGORY_PROMOTIONS",
            "CATEGORY_UPDATES",
            "CATEGORY_FORUMS");

    private final Map<String, Label> labels = new LinkedHashMap<>();
    private int created;

    /** A label with the settings that a client may change. */
    record Label(String id, String name, boolean system, JsonObject settings) {
        GmailLabel snapshot() {
            return new GmailLabel(id, name, system);
        }
    }

    LabelTable() {
        SYSTEM.forEach(name -> labels.put(name, new Label(name, name, true, new JsonObject())));
    }

    List<Label> all() {
        return List.copyOf(labels.values());
    }

    Label get(String id) {
        Label label = labels.get(id);
        if (label == null) {
            throw ApiException.notFound();
        }
        return label;
    }

    @Nullable
    Label find(String id) {
        return labels.get(id);
    }

    void requireKnown(Collection<String> ids) {
        for (String id : ids) {
            if (!labels.containsKey(id)) {
                throw ApiException.invalid("Invalid label: " + id);
            }
        }
    }

    Label create(String name, JsonObject settings) {
        if (labels.size() >= MAX_LABELS) {
            throw ApiException.invalid("Too many labels: the limit is " + MAX_LABELS);
        }
        requireFree(name, null);
        created++;
        Label label = new Label("Label_" + created, name, false, settings);
        labels.put(label.id(), label);
        return label;
    }

    Label change(String id, String name, JsonObject settings) {
        requireUserLabel(id);
        requireFree(name, id);
        Label label = new Label(id, name, false, settings);
        labels.put(id, label);
        return label;
    }

    void delete(String id) {
        requireUserLabel(id);
        labels.remove(id);
    }

    private void requireUserLabel(String id) {
        if (get(id).system()) {
            throw ApiException.invalid("Invalid request: " + id + " is a system label");
        }
    }

    private void requireFree(String name, @Nullable String except) {
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH || SYSTEM.contains(name.toUpperCase(Locale.ROOT))) {
            throw ApiException.invalid("Invalid label name");
        }
        for (Label label : labels.values()) {
            if (label.name().equalsIgnoreCase(name) && !label.id().equals(except)) {
                throw new ApiException(409, "aborted", "Label name exists or conflicts");
            }
        }
    }
}
