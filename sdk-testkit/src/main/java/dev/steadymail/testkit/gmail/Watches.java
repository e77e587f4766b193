package dev.steadymail.testkit.gmail;

import dev.steadymail.testkit.gmail.HistoryLog.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who watches which mailbox, and what is published for its changes. Not threadsafe: used under the server's lock. */
final class Watches implements Mailbox.ChangeListener {
    private static final Duration LIFETIME = Duration.ofDays(7);

    private final InstantSource clock;
    private final FakePubSub pubSub;
    private final Map<Mailbox, Watch> watches = new HashMap<>();

    /** A watch; {@code exclude} turns the labels from those that are told into those that are not. */
    record Watch(String topic, List<String> labelIds, boolean exclude, Instant expiration) {
        boolean concerns(Change change) {
            boolean named = labelIds.isEmpty()
                    || !Collections.disjoint(labelIds, change.labels())
                    || !Collections.disjoint(labelIds, change.changedLabels());
            return labelIds.isEmpty() || named != exclude;
        }
    }

    Watches(InstantSource clock, FakePubSub pubSub) {
        this.clock = clock;
        this.pubSub = pubSub;
    }

    /** Starts or renews the watch of a mailbox, and tells the topic at once, as the service does to try it. */
    Watch start(Mailbox mailbox, String topic, List<String> labelIds, boolean exclude) {
        Watch before = active(mailbox);
        if (before != null && !before.topic().equals(topic)) {
            throw new ApiException(
                    400,
                    "failedPrecondition",
                    "Only one user push notification client allowed per developer (call /stop then try again)");
        }
        pubSub.requireTopic(topic);
        Watch watch = new Watch(topic, labelIds, exclude, clock.instant().plus(LIFETIME));
        watches.put(mailbox, watch);
        pubSub.publish(topic, mailbox.address(), mailbox.history().current());
        return watch;
    }

    void stop(Mailbox mailbox) {
        watches.remove(mailbox);
    }

    /** Returns the watch that has not expired, null if there is none. */
    @Nullable
    Watch active(Mailbox mailbox) {
        Watch watch = watches.get(mailbox);
        return watch == null || !clock.instant().isBefore(watch.expiration()) ? null : watch;
    }

    @Override
    public void changed(Mailbox mailbox, List<Change> changes) {
        Watch watch = active(mailbox);
        if (watch != null && changes.stream().anyMatch(watch::concerns)) {
            pubSub.notify(watch.topic(), mailbox.address(), mailbox.history().current());
        }
    }
}
