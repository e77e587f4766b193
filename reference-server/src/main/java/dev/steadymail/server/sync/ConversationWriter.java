package dev.steadymail.server.sync;

import dev.steadymail.mail.Ancestry;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.server.mail.StorableText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Puts emails of one account into conversations, inside the caller's transaction and behind its lock on the account. Emails are together
 * where the provider has them in one thread or, where it has no threads, where one names the other or both name the same one, present or not;
 * what holds two conversations together makes one of them. Names are kept as digests only. A few JDBC batches, whatever the number of
 * emails. For one batch.
 */
final class ConversationWriter {
    private static final String FIND =
            "select key, conversation_id from conversation_link where account_id = ? and key = any (?)";
    private static final String JOIN_EMAILS =
            "update email set conversation_id = ? where account_id = ? and conversation_id = ?";
    private static final String JOIN_LINKS =
            "update conversation_link set conversation_id = ? where account_id = ? and conversation_id = ?";
    private static final String LINK = """
            insert into conversation_link (account_id, key, conversation_id) values (?, ?, ?)
            on conflict (account_id, key) do nothing
            """;
    private static final String PLACE =
            "update email set conversation_id = ? where account_id = ? and provider_key = ?";

    private static final int DIGEST_OCTETS = 12;

    private final UUID account;
    private final JdbcTemplate jdbc;
    /** The conversation of each name, as it was found or begun. */
    private final Map<String, UUID> byName = new HashMap<>();
    /** What became of conversations that were joined: one of each pair. */
    private final Map<UUID, UUID> joined = new LinkedHashMap<>();

    ConversationWriter(UUID account, JdbcTemplate jdbc) {
        this.account = account;
        this.jdbc = jdbc;
    }

    /** Places emails that are stored; those that tell nothing of their conversation stay where they are. */
    void place(List<Email> emails) {
        Map<Email, List<String>> named = new LinkedHashMap<>();
        emails.forEach(email -> {
            List<String> names = names(email);
            if (!names.isEmpty()) {
                named.put(email, names);
            }
        });
        if (named.isEmpty()) {
            return;
        }
        find(named.values().stream().flatMap(List::stream).distinct().toArray(String[]::new));
        named.values().forEach(this::hold);
        write(named);
    }

    private void find(String[] names) {
        RowCallbackHandler keep = row -> byName.put(row.getString(1), row.getObject(2, UUID.class));
        jdbc.query(FIND, keep, account, names);
    }

    /** Makes one conversation of all that go by these names. */
    private void hold(List<String> names) {
        UUID conversation = names.stream()
                .map(byName::get)
                .filter(Objects::nonNull)
                .map(this::now)
                .min(UUID::compareTo)
                .orElseGet(UUID::randomUUID);
        for (String name : names) {
            UUID before = byName.put(name, conversation);
            UUID other = before == null ? conversation : now(before);
            if (!other.equals(conversation)) {
                joined.put(other, conversation);
            }
        }
    }

    /** Returns what a conversation has become. */
    private UUID now(UUID conversation) {
        UUID now = conversation;
        for (UUID next = joined.get(now); next != null; next = joined.get(now)) {
            now = next;
        }
        return now;
    }

    private void write(Map<Email, List<String>> named) {
        List<Object[]> joins = rows(joined.keySet(), gone -> new Object[] {now(gone), account, gone});
        jdbc.batchUpdate(JOIN_EMAILS, joins);
        jdbc.batchUpdate(JOIN_LINKS, joins);
        jdbc.batchUpdate(LINK, rows(byName.keySet(), name ->
                new Object[] {account, name, now(Objects.requireNonNull(byName.get(name)))}));
        jdbc.batchUpdate(PLACE, rows(named.keySet(), email -> new Object[] {
            now(Objects.requireNonNull(
                    byName.get(Objects.requireNonNull(named.get(email)).get(0)))),
            account,
            ProviderId.key(email.id())
        }));
    }

    private static <T> List<Object[]> rows(Collection<T> items, Function<T, Object[]> row) {
        return items.stream().map(row).toList();
    }

    private static List<String> names(Email email) {
        ThreadId thread = email.threadId();
        if (thread != null) {
            return List.of("t:" + digest(thread.value()));
        }
        Ancestry ancestry = email.ancestry();
        if (ancestry == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        String own = ancestry.messageId();
        if (own != null) {
            names.add("m:" + own);
        }
        ancestry.references().forEach(reference -> names.add("m:" + reference));
        return names;
    }

    private static String digest(String threadId) {
        byte[] octets = sha256().digest(StorableText.escaped(threadId).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(octets, DIGEST_OCTETS));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
