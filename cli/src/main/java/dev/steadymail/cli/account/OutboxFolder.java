package dev.steadymail.cli.account;

import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.mail.AccountId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where the outbox of an account is: a folder of its own, so that no message leaves by another account, in {@code outbox} of the
 * {@link HomeFolder} or in a folder that was named.
 */
public final class OutboxFolder {
    private static final int NAME_OCTETS = 16;

    private OutboxFolder() {}

    /**
     * Returns the folder, which need not exist.
     *
     * @param named the folder for all accounts, or null
     * @throws CommandException wrong usage, where neither an argument nor the environment names a folder
     */
    public static Path of(@Nullable Path named, AccountId account, Secrets environment) {
        Path all = named != null
                ? named
                : HomeFolder.of(environment)
                        .map(folder -> folder.resolve("outbox"))
                        .orElseThrow(() -> CommandException.usage(
                                "there is no folder to keep the outbox in; give --outbox DIR, or set STEADYMAIL_HOME"));
        return all.resolve(name(account));
    }

    /** Names of accounts may hold anything, and are nobody's business. */
    private static String name(AccountId account) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(account.value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, NAME_OCTETS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
