package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.CircuitState;
import dev.steadymail.guard.Explanation;
import dev.steadymail.guard.Ledger;
import dev.steadymail.provider.MailAccount;

/** Asks a client why it is as fast as it is, and what is left of the provider's quotas; neither asks the provider. */
public final class WhyIsItSlow {
    private WhyIsItSlow() {}

    public static void main(String[] args) {
        try (MailRuntime runtime = MailRuntime.create()) {
            System.out.print(explained(runtime, ExampleAccount.from(System.getenv())));
        }
    }

    static String explained(MailRuntime runtime, MailAccount account) {
        try (MailClient mail = runtime.open(account)) {
            var unused = mail.mailboxes().list();
            return mail.explain().text() + quotas(mail.ledger());
        }
    }

    private static String quotas(Ledger ledger) {
        StringBuilder text = new StringBuilder();
        for (Ledger.Balance balance : ledger.balances()) {
            text.append(String.format(
                    "%s: %d left, all of it back at %s, used by %s%n",
                    balance.limit().name(), balance.left(), balance.resetAt(), balance.usedByLane()));
        }
        return text.toString();
    }

    /** The same facts for a program: whether anything keeps requests back for now. */
    static boolean isHeldBack(Explanation explanation) {
        return explanation.circuits().stream().anyMatch(circuit -> circuit.state() != CircuitState.CLOSED);
    }
}
