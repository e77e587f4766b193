package dev.steadymail.testkit.smtp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A plain {@link SmtpTestServer} in a process of its own, to be killed. It prints its port as the first line.
 *
 * <pre>
 * --port N         where to listen; 0, or left out, for a free port
 * --ledger FILE    a {@link SmtpLedger}, written before each 250
 * --user A:B       a user and the password; everybody must log in then
 * --faults TEXT    as in {@link SmtpFaultPlan#addAll}
 * --seed N         the chance of the faults; 1 unless given
 * --minutes N      ends the process by itself; after 60 minutes unless given
 * </pre>
 */
public final class SmtpServerProcess {
    private static final Set<String> OPTIONS =
            Set.of("--port", "--ledger", "--user", "--faults", "--seed", "--minutes");

    private final Map<String, String> options;

    private SmtpServerProcess(Map<String, String> options) {
        this.options = options;
    }

    /** Serves until the process is killed or its time is over. */
    public static void main(String[] arguments) throws InterruptedException {
        new SmtpServerProcess(options(List.of(arguments))).run();
    }

    static Map<String, String> options(List<String> arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!OPTIONS.contains(arguments.get(i)) || i + 1 == arguments.size()) {
                throw new IllegalArgumentException(
                        "options are " + OPTIONS + ", each with a value; was " + arguments.get(i));
            }
            options.put(arguments.get(i), arguments.get(i + 1));
        }
        return options;
    }

    private void run() throws InterruptedException {
        Duration life = Duration.ofMinutes(Long.parseLong(options.getOrDefault("--minutes", "60")));
        try (SmtpTestServer server = server()) {
            System.out.println(server.port());
            System.out.flush();
            boolean unusedEnd = new CountDownLatch(1).await(life.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private SmtpTestServer server() {
        SmtpTestServer.Builder builder = SmtpTestServer.builder()
                .port(Integer.parseInt(options.getOrDefault("--port", "0")))
                .mailroom(mailroom())
                .faults(faults());
        String user = options.get("--user");
        if (user != null) {
            int colon = user.indexOf(':');
            builder.user(user.substring(0, colon), user.substring(colon + 1));
        }
        return builder.start();
    }

    private SmtpMailroom mailroom() {
        String ledger = options.get("--ledger");
        return ledger == null ? new SmtpMailroom() : SmtpMailroom.forgetful(SmtpLedger.open(Path.of(ledger)));
    }

    private SmtpFaultPlan faults() {
        SmtpFaultPlan plan = SmtpFaultPlan.seeded(Long.parseLong(options.getOrDefault("--seed", "1")));
        String text = options.get("--faults");
        return text == null ? plan : plan.addAll(text);
    }
}
