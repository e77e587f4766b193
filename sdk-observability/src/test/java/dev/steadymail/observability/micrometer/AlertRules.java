package dev.steadymail.observability.micrometer;

import static dev.steadymail.observability.micrometer.PrometheusNames.count;
import static dev.steadymail.observability.micrometer.PrometheusNames.now;
import static dev.steadymail.observability.micrometer.PrometheusNames.sum;
import static dev.steadymail.observability.micrometer.PrometheusNames.total;

import java.util.ArrayList;
import java.util.List;

/** The alert rules for Prometheus. */
final class AlertRules {
    /** Outcomes that say that a provider or the way to it is in trouble; the others are answers. */
    static final String TROUBLE =
            "throttled|concurrency|unavailable|network|timeout|auth|reauth_required|forbidden|protocol|storage";

    private AlertRules() {}

    static List<Alert> all() {
        List<Alert> all = new ArrayList<>();
        all.addAll(requests());
        all.addAll(limits());
        all.addAll(mail());
        all.addAll(rest());
        return all;
    }

    private static List<Alert> requests() {
        String failed = "sum by (provider) (rate(%s{outcome=~\"%s\"}[10m]))".formatted(count(Metric.REQUESTS), TROUBLE);
        String every = "sum by (provider) (rate(%s[10m]))".formatted(count(Metric.REQUESTS));
        return List.of(
                new Alert(
                        "SteadymailRequestsFail",
                        "warning",
                        "10m",
                        failed + " / " + every + " > 0.2 and " + every + " > 0.02",
                        "More than a fifth of the requests by {{ $labels.provider }} fail.",
                        "{{ $value | humanizePercentage }} of the attempts of the last 10 minutes failed. See which outcome and operation on the"
                                + " dashboard: network and timeout speak of the way to the provider, unavailable of the provider, auth of"
                                + " credentials. Requests are repeated by themselves where that can help."),
                new Alert(
                        "SteadymailAccountsNeedLogin",
                        "warning",
                        "0m",
                        "sum by (provider) (increase(%s{kind=~\"auth|reauth_required\"}[30m])) > 0"
                                .formatted(total(Metric.ERRORS)),
                        "Calls by {{ $labels.provider }} fail since credentials are refused.",
                        "About {{ $value | humanize }} calls in 30 minutes. Ask the owners of these accounts to connect them again; the"
                                + " application knows which they are. Where all accounts are concerned, check the client registration or"
                                + " certificates."),
                new Alert(
                        "SteadymailWaitsForItsTurn",
                        "warning",
                        "10m",
                        "sum by (provider, lane) (rate(%s{lane=\"interactive\"}[5m])) / sum by (provider, lane) (rate(%s{lane=\"interactive\"}[5m])) > 2"
                                .formatted(sum(Metric.REQUEST_WAIT), count(Metric.REQUESTS)),
                        "Readers wait {{ $value | humanizeDuration }} for their turn at {{ $labels.provider }}.",
                        "More is asked of accounts than their limits allow. See on the dashboard which lane uses up the units: run"
                                + " backfills later or slower, or raise the quota at the provider."));
    }

    private static List<Alert> limits() {
        return List.of(
                new Alert(
                        "SteadymailCircuitOpenLong",
                        "warning",
                        "15m",
                        "sum by (provider, reach) (%s) > 0".formatted(now(Metric.CIRCUITS_OPEN)),
                        "{{ $value }} accounts of {{ $labels.provider }} are held back ({{ $labels.reach }}).",
                        "Their circuit has not closed for 15 minutes: too many requests failed, or the provider asked for a pause. Reach host or"
                                + " project concerns all accounts there: look at the provider's status. Reach account: look at what its"
                                + " requests fail with. It closes by itself as soon as a request succeeds."),
                new Alert(
                        "SteadymailThrottled",
                        "warning",
                        "15m",
                        "sum by (provider, reach) (increase(%s[15m])) > 5".formatted(total(Metric.THROTTLES)),
                        "{{ $labels.provider }} throttles again and again ({{ $labels.reach }}).",
                        "About {{ $value | humanize }} times in 15 minutes. Set the quota of this process as the provider has it, share limits"
                                + " between processes that use one client registration, and run fewer backfills at once."),
                new Alert(
                        "SteadymailQuotaNearlyUsed",
                        "info",
                        "0m",
                        "sum by (provider, limit) (increase(%s{limit!=\"shared\"}[30m])) > 0"
                                .formatted(total(Metric.LIMITS)),
                        "The quota {{ $labels.limit }} of {{ $labels.provider }} is nearly used up.",
                        "Calls will wait for units. Nothing is lost; ask the provider for a larger quota where readers wait too long."),
                new Alert(
                        "SteadymailSharedLimitsAway",
                        "warning",
                        "5m",
                        "sum(increase(%s{limit=\"shared\"}[15m])) > 0".formatted(total(Metric.LIMITS)),
                        "Limits that processes share cannot be reached.",
                        "Each process keeps to a share of its own meanwhile. See that the store of shared limits (Redis) is up and can be"
                                + " reached from here."));
    }

    private static List<Alert> mail() {
        String syncs = count(Metric.SYNCS);
        return List.of(
                new Alert(
                        "SteadymailSyncsFail",
                        "warning",
                        "15m",
                        "sum by (provider) (rate(%s{outcome!~\"success|cancelled\"}[30m])) / sum by (provider) (rate(%s[30m])) > 0.5"
                                .formatted(syncs, syncs),
                        "More than half of the syncs by {{ $labels.provider }} fail.",
                        "{{ $value | humanizePercentage }} of the last 30 minutes. See with which outcome on the dashboard: storage is about the"
                                + " store of this service, the others about the provider. A sync goes on where the one before it stopped."),
                new Alert(
                        "SteadymailNoSyncSucceeds",
                        "critical",
                        "5m",
                        "sum by (provider) (increase(%s{outcome=\"success\"}[1h])) == 0 and sum by (provider) (%s) > 0"
                                .formatted(syncs, syncs),
                        "No sync by {{ $labels.provider }} came to its end for an hour.",
                        "Mail that is stored here grows old. See that the jobs run at all, then what the syncs fail with. Ignore this where"
                                + " nothing is to be synced more often than once an hour."),
                new Alert(
                        "SteadymailEmailsParked",
                        "info",
                        "6h",
                        "sum by (provider) (%s) > 0".formatted(now(Metric.SYNC_PARKED)),
                        "{{ $value }} emails of {{ $labels.provider }} cannot be read.",
                        "The rest of their accounts is in sync, these are tried again by later syncs. The application's sync store knows which"
                                + " they are: look at what reading one of them fails with."),
                new Alert(
                        "SteadymailWatchLost",
                        "warning",
                        "15m",
                        "sum by (provider) (%s) > 0".formatted(now(Metric.WATCHES_LOST)),
                        "The watch of {{ $value }} accounts of {{ $labels.provider }} is lost.",
                        "New mail is seen by the next sync only. It is tried to watch again by itself; see what requests of these accounts"
                                + " fail with, and whether the provider allows so many connections."));
    }

    private static List<Alert> rest() {
        String sends = count(Metric.SENDS);
        String answers = total(Metric.CACHE_ANSWERS);
        return List.of(
                new Alert(
                        "SteadymailSendUnknown",
                        "critical",
                        "0m",
                        "sum by (provider) (increase(%s{outcome=\"unknown\"}[1h])) > 0".formatted(sends),
                        "Nobody knows whether messages by {{ $labels.provider }} were sent.",
                        "About {{ $value | humanize }} in an hour: the connection broke when the provider may already have taken them. They are not sent"
                                + " again by themselves. Ask their senders to look into the sent mail, then settle them in the outbox."),
                new Alert(
                        "SteadymailSendRefused",
                        "warning",
                        "0m",
                        "sum by (provider) (increase(%s{outcome=\"refused\"}[1h])) > 0".formatted(sends),
                        "Messages by {{ $labels.provider }} will not be sent.",
                        "About {{ $value | humanize }} in an hour were refused, or tried too often. The outbox says of each why: correct"
                                + " recipients, size or rights, and send anew."),
                new Alert(
                        "SteadymailCacheHelpsLittle",
                        "info",
                        "30m",
                        "sum(rate(%s{source=~\"memory|shared|source|stale\"}[30m])) / sum(rate(%s[30m])) < 0.3 and sum(rate(%s[30m])) > 1"
                                .formatted(answers, answers, answers),
                        "The cache answers {{ $value | humanizePercentage }} of what it is asked for.",
                        "Give it more room, keep one cache for the whole process, and watch or sync the accounts that are read, so that"
                                + " what is kept stays good for longer."),
                new Alert(
                        "SteadymailEventsDropped",
                        "warning",
                        "0m",
                        "sum(increase(%s[15m])) > 0 or sum(increase(%s[15m])) > 0"
                                .formatted(total(Metric.EVENTS_DROPPED), total(Metric.EVENTS_REFUSED)),
                        "Client events do not reach their receiver.",
                        "About {{ $value | humanize }} in 15 minutes were lost or refused. See that the receiver is up and takes them; a folder for"
                                + " events that cannot be sent yet bridges longer outages. Mail itself is not concerned."));
    }

    static String yaml() {
        StringBuilder yaml = new StringBuilder("# Made by MonitoringFiles from the table of metrics; do not edit.\n")
                .append("groups:\n  - name: steadymail\n    rules:\n");
        for (Alert alert : all()) {
            yaml.append("      - alert: ")
                    .append(alert.name())
                    .append("\n        expr: ")
                    .append(quoted(alert.expression()))
                    .append("\n        for: ")
                    .append(alert.holds())
                    .append("\n        labels:\n          severity: ")
                    .append(alert.severity())
                    .append("\n        annotations:\n          summary: ")
                    .append(quoted(alert.summary()))
                    .append("\n          description: ")
                    .append(quoted(alert.description()))
                    .append('\n');
        }
        return yaml.toString();
    }

    /** In single quotes nothing but the quote itself has a meaning (YAML 1.2, 7.3.2). */
    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /**
     * One rule.
     *
     * @param holds how long the expression must hold, as Prometheus writes durations
     */
    record Alert(String name, String severity, String holds, String expression, String summary, String description) {}
}
