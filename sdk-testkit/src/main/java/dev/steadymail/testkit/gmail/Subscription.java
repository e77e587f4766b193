package dev.steadymail.testkit.gmail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What waits in one Pub/Sub subscription. Not threadsafe: used under the lock of its {@link FakePubSub}. */
final class Subscription {
    private static final int MAX_MESSAGES = 10_000;

    final String name;
    final String topic;
    final @Nullable PushEndpoint endpoint;
    Duration ackDeadline = Duration.ofSeconds(10);

    @Nullable
    Random order;

    private final List<Message> ready = new ArrayList<>();
    private final Map<String, Lease> leases = new LinkedHashMap<>();
    private long deliveries;

    /** A published message; {@code data} is not encoded yet. */
    record Message(String id, String data, Instant publishTime) {}

    /** A message with the id by which this delivery of it is acknowledged. */
    record Delivery(String ackId, Message message) {}

    private record Lease(Message message, Instant expiry) {}

    Subscription(String name, String topic, @Nullable PushEndpoint endpoint) {
        this.name = name;
        this.topic = topic;
        this.endpoint = endpoint;
    }

    int waiting() {
        return ready.size() + leases.size();
    }

    void add(Message message) {
        if (ready.size() >= MAX_MESSAGES) {
            ready.remove(0);
        }
        ready.add(message);
    }

    /** Takes up to {@code most} messages, first those whose last delivery was not acknowledged in time. */
    List<Delivery> take(Instant now, int most) {
        expire(now);
        List<Delivery> taken = new ArrayList<>();
        while (taken.size() < most && !ready.isEmpty()) {
            Random random = order;
            Message message = ready.remove(random == null ? 0 : random.nextInt(ready.size()));
            deliveries++;
            String ackId = name + "#" + deliveries;
            leases.put(ackId, new Lease(message, now.plus(ackDeadline)));
            taken.add(new Delivery(ackId, message));
        }
        return taken;
    }

    /** Ids that are unknown or whose message was delivered anew meanwhile do nothing, as in the service. */
    void acknowledge(List<String> ackIds) {
        leases.keySet().removeAll(ackIds);
    }

    /** Lets the messages be delivered anew after {@code wait}, at once if it is zero. */
    void extend(List<String> ackIds, Instant now, Duration wait) {
        for (String ackId : ackIds) {
            leases.computeIfPresent(ackId, (id, lease) -> new Lease(lease.message(), now.plus(wait)));
        }
        expire(now);
    }

    /** Lets everything not acknowledged be delivered anew at once. */
    void release(Instant now) {
        extend(List.copyOf(leases.keySet()), now, Duration.ZERO);
    }

    private void expire(Instant now) {
        List<Message> back = new ArrayList<>();
        for (Iterator<Lease> all = leases.values().iterator(); all.hasNext(); ) {
            Lease lease = all.next();
            if (!now.isBefore(lease.expiry())) {
                back.add(lease.message());
                all.remove();
            }
        }
        ready.addAll(0, back);
    }
}
