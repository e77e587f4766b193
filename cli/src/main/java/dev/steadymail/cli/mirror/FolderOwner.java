package dev.steadymail.cli.mirror;

import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.terminal.JsonLine;
import dev.steadymail.mail.AccountId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Whose mail a folder holds: an account, and the mailboxes asked for. The account is written as a hash, so that the file names
 * nobody.
 *
 * @param account the JSON text that names the account
 * @param line that text with the mailboxes
 */
record FolderOwner(String account, String line) {
    private static final Pattern FORM =
            Pattern.compile("\\{\"scheme\":\"[^\"]*\",\"account\":\"[0-9a-f]{64}\",\"mailboxes\":\\[.*]}");

    static FolderOwner of(AccountId id, List<String> mailboxes) {
        String scheme = id.value().replaceFirst("(?s):.*", "");
        JsonLine json = new JsonLine().put("scheme", scheme).put("account", hash(id));
        String account = json.toString();
        return new FolderOwner(
                account, json.put("mailboxes", new TreeSet<>(mailboxes)).toString());
    }

    /**
     * Does nothing where the folder is this owner's or nobody's yet.
     *
     * @throws CommandException wrong usage, where it is another's
     */
    void check(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        String found = OwnText.read(file);
        if (!FORM.matcher(found).matches()) {
            throw DamagedState.of("account is damaged");
        }
        if (!found.startsWith(account.substring(0, account.length() - 1) + ",")) {
            throw CommandException.usage("DIR belongs to another account; choose another DIR for this one");
        }
        if (!found.equals(line)) {
            throw CommandException.usage(
                    "DIR was made with other --mailbox options; give the same ones again, or choose another DIR");
        }
    }

    private static String hash(AccountId id) {
        MessageDigest digest = Sha256.digest();
        return Sha256.hex(digest.digest(id.value().getBytes(StandardCharsets.UTF_8)));
    }
}
