package dev.steadymail.cache.redis;

import static dev.steadymail.cache.redis.LimitsRig.answer;

import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Share;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Measures what one question about limits takes beside a PING on the same connection. Run by hand. */
final class LimitsRoundTrip {
    private static final int COUNT = 20_000;

    private LimitsRoundTrip() {}

    public static void main(String[] args) {
        try (LimitsRig rig = new LimitsRig()) {
            var connection = rig.connection();
            LimitsRig.Member member = new LimitsRig.Member(connection, "bench");
            Demand granted = demand(Long.MAX_VALUE);
            Demand refused = demand(1);
            Demand scopesOnly = new Demand(List.of("account:a", "project:p"), List.of(), 1);
            for (int round = 0; round < 3; round++) {
                measure("ping", () -> connection.async().ping());
                measure("admit, 2 scopes, no quota", () -> member.limits().admit(scopesOnly));
                measure(
                        "admit, 2 scopes, 2 quotas, granted",
                        () -> member.limits().admit(granted));
                measure(
                        "admit, 2 scopes, 2 quotas, refused",
                        () -> member.limits().admit(refused));
            }
            System.out.println(rig.commands()
                    .info("commandstats")
                    .lines()
                    .filter(line -> line.startsWith("cmdstat_evalsha:") || line.startsWith("cmdstat_ping:"))
                    .toList());
        }
    }

    private static Demand demand(long units) {
        return new Demand(
                List.of("account:a", "project:p"),
                List.of(
                        new Share("account:a", units, Duration.ofSeconds(1), 0),
                        new Share("project:p", units, Duration.ofMinutes(1), 0)),
                1);
    }

    private static void measure(String what, Supplier<CompletionStage<?>> question) {
        long[] nanos = new long[COUNT];
        for (int index = 0; index < COUNT; index++) {
            long start = System.nanoTime();
            var unused = answer(question.get());
            nanos[index] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-36s median %.1f us, 99 %% below %.1f us%n",
                what,
                nanos[COUNT / 2] / 1e3,
                nanos[COUNT * 99 / 100] / 1e3);
    }
}
