package dev.steadymail.cli.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.terminal.Terminal;
import dev.steadymail.mail.AccountId;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboxFolderTest {
    private static final AccountId ADA = new AccountId("imap:ada@example.com:993");
    private static final AccountId BOB = new AccountId("imap:bob@example.com:993");

    private static Secrets environment(Map<String, String> variables) {
        return new Secrets(null, variables, Terminal.NONE, System.err);
    }

    @Test
    void accounts_haveFoldersOfTheirOwn() {
        Secrets home = environment(Map.of("HOME", "/home/ada", "XDG_CONFIG_HOME", "relative"));
        Path ada = OutboxFolder.of(null, ADA, home);
        assertEquals(Path.of("/home/ada/.config/steadymail/outbox"), ada.getParent());
        assertEquals(ada, OutboxFolder.of(null, ADA, home));
        assertNotEquals(ada, OutboxFolder.of(null, BOB, home));
        assertFalse(ada.toString().contains("example"), ada::toString);
    }

    @Test
    void namedFolder_wins() {
        Secrets home = environment(Map.of("STEADYMAIL_HOME", "/srv/mail"));
        assertEquals(
                Path.of("/srv/mail/outbox"), OutboxFolder.of(null, ADA, home).getParent());
        Path named = Path.of("/var/outbox");
        assertEquals(named, OutboxFolder.of(named, ADA, home).getParent());
        assertEquals(named, OutboxFolder.of(named, ADA, environment(Map.of())).getParent());
        assertThrows(CommandException.class, () -> OutboxFolder.of(null, ADA, environment(Map.of())));
    }
}
