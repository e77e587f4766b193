package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The fake beside a Gmail that others wrote: the same requests, answered with the same status and the same keys and types,
 * but for the differences listed here. Reads {@code STEADYMAIL_EMULATOR_ROOT}, the emulator's root URL on loopback, {@code
 * STEADYMAIL_EMULATOR_TOKEN} and {@code STEADYMAIL_EMULATOR_USER}, as the suite {@code bin/rig conformance} sets them;
 * skipped without them. Everything in the emulator is dropped first.
 */
final class FakeGmailRealServerTest {
    /** Lines of step, path, here and there, with the reason for them; one that no longer occurs fails the test. */
    private static final List<Known> KNOWN = List.of(
            new Known(
                    "drafts\\.(create|create second|update): message\\..*",
                    "it answers with the whole message, not ids and labels"),
            new Known(
                    "threads\\.(modify|trash|untrash): (messages\\[]\\..*|snippet .*)",
                    "it answers with whole messages, not ids and labels"),
            new Known("threads\\.get: snippet absent/string", "snippets of threads come in lists only"),
            new Known(
                    "history\\.list(| typed): history\\[]\\..* absent/.*",
                    "it tells more of a message than ids and labels"),
            new Known("history\\.list (future|no number): .*", "it takes any text for a start"),
            new Known("labels\\.create taken: 409/400", "a name that is taken is a conflict"),
            new Known(
                    "labels\\.(create|patch|update): (messages|threads)(Total|Unread) absent/number",
                    "counts come with get only"),
            new Known("labels\\.\\w+: .*Visibility absent/string", "it fills in what was not set"),
            new Known("messages\\.attachments\\.get: attachmentId absent/string", "the id is known to who asked"),
            new Known(
                    "messages\\.get full file: .*headers\\[].* (object|string)/absent",
                    "it does not read the headers of parts"),
            new Known(
                    "messages\\.get metadata: payload\\.(body.*|filename|partId) absent/.*",
                    "metadata has type and headers"),
            new Known("settings\\.forwardingAddresses\\.list: .* absent/array", "an empty list is left out"),
            new Known("settings\\.sendAs\\.list: sendAs\\[]\\..* absent/.*", "only aliases are verified"),
            new Known("stop: 204/200", "what answers nothing answers 204"));

    private record Known(Pattern line, String reason) {
        Known(String regex, String reason) {
            this(Pattern.compile(regex), reason);
        }
    }

    @Test
    void fakeAndEmulator_answerAlike() throws Exception {
        Map<String, String> environment = System.getenv();
        String root = environment.get("STEADYMAIL_EMULATOR_ROOT");
        String token = environment.get("STEADYMAIL_EMULATOR_TOKEN");
        String user = environment.get("STEADYMAIL_EMULATOR_USER");
        assumeTrue(
                root != null && token != null && user != null,
                "STEADYMAIL_EMULATOR_ROOT, _TOKEN and _USER are not set");
        assumeTrue(
                environment.get("STEADYMAIL_EMULATOR_RAW") == null,
                "the emulator alone cannot be reset, and has neither batches nor uploads");
        reset(root);
        Map<String, SameRequests.Outcome> theirs = SameRequests.sendTo(new GmailHttp(root, token));
        Map<String, SameRequests.Outcome> ours;
        try (FakeGmail gmail = FakeGmail.builder().user(user, token).start()) {
            gmail.pubSub().subscribe("projects/p/subscriptions/s", "projects/p/topics/t");
            ours = SameRequests.sendTo(new GmailHttp(gmail, token));
        }
        List<String> found = differences(ours, theirs);
        List<String> unexplained = found.stream()
                .filter(line -> KNOWN.stream()
                        .noneMatch(known -> known.line().matcher(line).matches()))
                .toList();
        assertEquals("", String.join("\n", unexplained));
        List<String> outdated = KNOWN.stream()
                .filter(known -> found.stream().noneMatch(known.line().asMatchPredicate()))
                .map(Known::reason)
                .toList();
        assertEquals(List.of(), outdated);
    }

    /** Returns lines of step, path, and what stands there here and there. */
    private static List<String> differences(
            Map<String, SameRequests.Outcome> ours, Map<String, SameRequests.Outcome> theirs) {
        List<String> all = new ArrayList<>();
        ours.forEach((step, outcome) -> {
            SameRequests.Outcome other = theirs.get(step);
            if (outcome.status() != other.status()) {
                all.add(step + ": " + outcome.status() + "/" + other.status());
            }
            JsonShape.differences(outcome.shape(), other.shape()).forEach(line -> all.add(step + ": " + line));
        });
        return all.stream().sorted().toList();
    }

    private static void reset(String root) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(root).resolve("_test/reset"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        assertEquals(
                200, http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    }
}
