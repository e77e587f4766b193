package dev.steadymail.observability.micrometer;

import static dev.steadymail.observability.micrometer.Metric.Type.COUNTER;
import static dev.steadymail.observability.micrometer.Metric.Type.GAUGE;
import static dev.steadymail.observability.micrometer.Metric.Type.SUMMARY;
import static dev.steadymail.observability.micrometer.Metric.Type.TIMER;

import dev.steadymail.observability.OperationNames;
import java.util.List;

/** The table of all metrics: their names, types, tags and meanings. Documents, dashboard and alert rules are made from it. */
enum Metric {
    REQUESTS(
            "steadymail.requests",
            TIMER,
            "Attempts of requests, from start to end.",
            Tag.PROVIDER,
            Tag.OPERATION,
            Tag.LANE,
            Tag.OUTCOME),
    REQUEST_WAIT(
            "steadymail.request.wait",
            TIMER,
            "Attempts that had to wait for a millisecond or more, for a place, for units or for the end of a pause, and how long.",
            Tag.PROVIDER,
            Tag.LANE),
    QUOTA_UNITS(
            "steadymail.quota.units",
            COUNTER,
            "Units of the provider's quota that attempts cost.",
            Tag.PROVIDER,
            Tag.LANE),
    CALLS_WAITING(
            "steadymail.calls.waiting",
            SUMMARY,
            "How many calls of the account waited when an attempt ended, where any did.",
            Tag.PROVIDER),
    RETRIES(
            "steadymail.retries",
            COUNTER,
            "Failed attempts that were to be repeated.",
            Tag.PROVIDER,
            Tag.OPERATION,
            Tag.REASON),
    ERRORS("steadymail.errors", COUNTER, "Calls that failed for good.", Tag.PROVIDER, Tag.OPERATION, Tag.KIND),
    THROTTLES(
            "steadymail.throttles",
            COUNTER,
            "How often the provider asked for a pause, or for fewer requests at once.",
            Tag.PROVIDER,
            Tag.REACH,
            Tag.THROTTLE),
    THROTTLE_PAUSE(
            "steadymail.throttle.pause",
            TIMER,
            "How long the pauses were that the provider asked for, or that we chose where it named none.",
            Tag.PROVIDER,
            Tag.REACH),
    CIRCUIT_CHANGES(
            "steadymail.circuit.changes",
            COUNTER,
            "Changes of circuits, once for each account that is held back or let go.",
            Tag.PROVIDER,
            Tag.REACH,
            Tag.STATE),
    CIRCUITS_OPEN(
            "steadymail.circuits.open",
            GAUGE,
            "Circuits that are not closed now; five minutes after a pause that nobody asked beyond, it counts as closed.",
            Tag.PROVIDER,
            Tag.REACH),
    LIMITS(
            "steadymail.limits",
            COUNTER,
            "How often a quota was nearly used up; `shared`: limits shared with other processes could not be reached.",
            Tag.PROVIDER,
            Tag.LIMIT),
    CACHE_ANSWERS(
            "steadymail.cache.answers",
            COUNTER,
            "Things that a cache was asked for, each once, by what brought it.",
            Tag.SUBJECT,
            Tag.SOURCE),
    CACHE_READS(
            "steadymail.cache.reads",
            TIMER,
            "Readings through a cache, as long as the reader waited.",
            Tag.SUBJECT,
            Tag.OUTCOME),
    SYNCS("steadymail.syncs", TIMER, "Runs of syncs.", Tag.PROVIDER, Tag.MODE, Tag.OUTCOME),
    SYNC_CHANGES(
            "steadymail.sync.changes",
            COUNTER,
            "Emails that syncs added, changed or dropped; `recovered`: those of them found by comparing.",
            Tag.PROVIDER,
            Tag.CHANGE),
    SYNC_PARKED(
            "steadymail.sync.parked",
            GAUGE,
            "Emails that could not be read when each account was last synced, and wait; forgotten after a day without a sync.",
            Tag.PROVIDER),
    WATCH_NEWS("steadymail.watch.news", COUNTER, "What watches told.", Tag.PROVIDER, Tag.NEWS),
    WATCHES_LOST(
            "steadymail.watches.lost",
            GAUGE,
            "Accounts whose watch is lost now; five minutes after it was to be tried again without news, it counts as ended.",
            Tag.PROVIDER),
    SENDS(
            "steadymail.sends",
            TIMER,
            "Steps of messages in an outbox, from the time they were put there.",
            Tag.PROVIDER,
            Tag.SENDING),
    EVENTS_OFFERED("steadymail.events.offered", COUNTER, "Events that were handed to what sends events elsewhere."),
    EVENTS_SENT("steadymail.events.sent", COUNTER, "Events that the receiver took."),
    EVENTS_REFUSED("steadymail.events.refused", COUNTER, "Events that the receiver will never take."),
    EVENTS_DROPPED("steadymail.events.dropped", COUNTER, "Events that were lost for want of room, or were given up.");

    /** Two tags have this key, with other words. */
    static final String KIND_KEY = "kind";

    /** Metrics with more rows show but some of them before anything happened. */
    private static final int SHOWN_AT_START = 40;

    private final String meterName;
    private final Type type;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes it
    private final List<Tag> tags;

    Metric(String meterName, Type type, String meaning, Tag... tags) {
        this.meterName = meterName;
        this.type = type;
        this.meaning = meaning;
        this.tags = List.of(tags);
    }

    String meterName() {
        return meterName;
    }

    Type type() {
        return type;
    }

    String meaning() {
        return meaning;
    }

    List<Tag> tags() {
        return tags;
    }

    /** Returns how many rows it can have at most. */
    int rows(OperationNames operations) {
        int rows = 1;
        for (Tag tag : tags) {
            rows *= tag.words(operations).size();
        }
        return rows;
    }

    /** Returns whether all of its rows are there from the start; else those of its first tag, with the first words of the others. */
    boolean isAllShownAtStart(OperationNames operations) {
        return rows(operations) <= SHOWN_AT_START;
    }

    /** What it measures, and so what can be asked of it. */
    enum Type {
        /** Count, sum and largest of times, in seconds. */
        TIMER,
        /** A sum that only grows. */
        COUNTER,
        /** Count, sum and largest of sizes. */
        SUMMARY,
        /** What is so now. */
        GAUGE
    }
}
