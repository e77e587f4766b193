package dev.steadymail.cache.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.cache.CacheSettings;
import dev.steadymail.cache.CachedAccount;
import dev.steadymail.cache.CachedKind;
import dev.steadymail.cache.MailCache;
import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.codec.KeyNames;
import dev.steadymail.guard.CircuitCause;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Opening;
import dev.steadymail.guard.SharedLimits.Share;
import dev.steadymail.guard.SharedLimits.Verdict;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.testkit.memory.InMemoryAccount;
import dev.steadymail.testkit.redis.RedisProcess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever reads all of Redis, its file and what it is told learns no word of any mail, nor whose it is. */
class CanaryTest {
    private static final String ACCOUNT = "imap:canaryaccount@canaryhost.example";
    private static final String TENANT = "canarytenant";
    private static final List<String> CANARIES = List.of(
            "canarysubject",
            "canaryfrom",
            "canaryhost",
            "canaryname",
            "canarybody",
            "canarykeyword",
            "canarymailbox",
            "canarymessageid",
            "canaryaccount",
            "canarytenant",
            "canaryfile",
            "canaryattachment",
            "canaryquery");
    private static final byte[] MESSAGE = String.join(
                    "\r\n",
                    "Message-ID: <canarymessageid@canaryhost.example>",
                    "From: Canaryname <canaryfrom@canaryhost.example>",
                    "To: canaryaccount@canaryhost.example",
                    "Subject: Canarysubject",
                    "MIME-Version: 1.0",
                    "Content-Type: multipart/mixed; boundary=b",
                    "",
                    "--b",
                    "Content-Type: text/plain",
                    "",
                    "canarybody canaryquery",
                    "--b",
                    "Content-Type: text/plain; name=canaryfile",
                    "Content-Disposition: attachment; filename=canaryfile.txt",
                    "",
                    "canaryattachment",
                    "--b--",
                    "")
            .getBytes(StandardCharsets.US_ASCII);

    @Test
    void encrypted_showsNoCanary() throws IOException {
        assertEquals(List.of(), seen(url -> RedisSettings.encrypted(url, ContentKeys.of(1, new byte[32]))));
    }

    /** The search would find one: it finds the subject where that lies in the clear. */
    @Test
    void unencrypted_showsCanaries() throws IOException {
        List<String> seen = seen(RedisSettings::unencrypted);
        assertTrue(seen.contains("canarysubject"), seen::toString);
        assertTrue(seen.contains("canaryattachment"), seen::toString);
    }

    @Test
    void search_findsEachForm() {
        for (String text : List.of("canarybody", "xcanarybody", "xxcanarybody", "xxxCanarybody!")) {
            for (byte[] octets : List.of(text.getBytes(UTF_8), text.getBytes(UTF_16BE), text.getBytes(UTF_16LE))) {
                assertEquals(List.of("canarybody"), found(new String(octets, ISO_8859_1)));
            }
            assertEquals(List.of("canarybody"), found(HexFormat.of().formatHex(text.getBytes(UTF_8))));
        }
        for (String text : List.of("canarybody", "xcanarybody", "xxcanarybody", "xxxcanarybody!")) {
            assertEquals(List.of("canarybody"), found(Base64.getEncoder().encodeToString(text.getBytes(UTF_8))));
        }
    }

    private interface Settings {
        RedisSettings of(String url);
    }

    /** Returns the canaries that Redis shows after it was used for all that it is used for. */
    private static List<String> seen(Settings settings) throws IOException {
        try (RedisProcess redis = RedisProcess.start("--rdbcompression", "no");
                RedisContents contents = new RedisContents(redis)) {
            useLevel(settings.of(redis.url()));
            useLimits(redis.url());
            SentinelRig.await("the tenant was not named", () -> contents.keys("steadymail:{*}:t") == 1);
            assertTrue(contents.keys("*") >= 8, "too little is there to show anything");
            return found(contents.everything());
        }
    }

    private static void useLevel(RedisSettings settings) throws IOException {
        InMemoryAccount account = InMemoryAccount.labels();
        account.createMailbox("Canarymailbox");
        account.deliver("Canarymailbox", MESSAGE, Set.of(new Keyword("canarykeyword")), Instant.EPOCH);
        long shared = 0;
        for (int process = 0; process < 2; process++) {
            try (RedisLevel level = Levels.connected(settings);
                    MailRuntime runtime = MailRuntime.create()) {
                MailCache cache = MailCache.over(CacheSettings.DEFAULT, level);
                MailAccount named = new Named(new AccountId(ACCOUNT), account);
                use(runtime.open(CachedAccount.of(named, cache).ofTenant(TENANT)), level);
                shared += cache.statistics().kinds().get(CachedKind.EMAIL).sharedHits();
            }
        }
        assertTrue(shared > 0, "nothing was read from Redis");
    }

    private static void use(MailClient mail, RedisLevel level) throws IOException {
        assertTrue(mail.mailboxes().find("Canarymailbox").isPresent());
        Email email = mail.emails().query(EmailQuery.everywhere()).stream()
                .findFirst()
                .orElseThrow();
        assertEquals(
                1,
                mail.emails().query(EmailQuery.everywhere().text("canaryquery")).stream()
                        .count());
        email = mail.emails().get(email.id(), FetchLevel.STRUCTURE);
        assertEquals("Canarysubject", email.subject());
        try (InputStream raw = mail.emails().raw(email.id());
                InputStream part =
                        mail.emails().attachment(email.id(), email.attachments().get(0))) {
            assertEquals(MESSAGE.length, raw.readAllBytes().length);
            assertTrue(part.readAllBytes().length > 0);
        }
        assertEquals(1, mail.thread(email.threadId()).emailIds().size());
        mail.emails().addKeyword(List.of(email.id()), Keyword.SEEN);
        mail.emails().removeKeyword(List.of(email.id()), Keyword.SEEN);
        assertEquals(1, mail.emails().query(EmailQuery.everywhere()).stream().count());
        Levels.settle(level);
    }

    private static void useLimits(String url) {
        RedisClient client = RedisClient.create(url);
        try {
            var connection = client.connect(ByteArrayCodec.INSTANCE);
            LimitKeys keys = new LimitKeys("steadymail", KeyNames.keyed(ContentKeys.of(1, new byte[32])));
            RedisLimits limits =
                    new RedisLimits(connection::async, keys, InstantSource.system(), System::nanoTime, lost -> {});
            Share share = new Share(ACCOUNT + " quota", 10, Duration.ofMinutes(1), 0);
            assertInstanceOf(
                    Verdict.Granted.class,
                    LimitsRig.answer(limits.admit(new Demand(List.of(ACCOUNT), List.of(share), 1))));
            assertTrue(LimitsRig.answer(limits.open(
                    new Opening(ACCOUNT, CircuitCause.THROTTLED, Instant.now().plus(Duration.ofMinutes(1))))));
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    /** Returns which canaries are there in any form, in small letters or large ones. */
    private static List<String> found(String octets) {
        String haystack = octets.toLowerCase(Locale.ROOT);
        return CANARIES.stream()
                .filter(canary -> forms(canary).stream().anyMatch(haystack::contains))
                .toList();
    }

    private static List<String> forms(String canary) {
        List<String> forms = new ArrayList<>();
        String capital = canary.substring(0, 1).toUpperCase(Locale.ROOT) + canary.substring(1);
        for (String word : List.of(canary, capital)) {
            byte[] plain = word.getBytes(UTF_8);
            forms.add(word);
            // The zero before it stands behind it in the other order.
            forms.add(new String(word.getBytes(UTF_16BE), ISO_8859_1).substring(1));
            forms.add(HexFormat.of().formatHex(plain));
            for (int before = 0; before < 3; before++) {
                forms.add(base64(plain, before));
            }
        }
        return forms.stream().map(form -> form.toLowerCase(Locale.ROOT)).toList();
    }

    /** Returns what of base64 is the same whatever stands before, so many octets or three more, and behind. */
    private static String base64(byte[] word, int before) {
        byte[] shifted = new byte[before + word.length];
        System.arraycopy(word, 0, shifted, before, word.length);
        byte[] whole = Arrays.copyOf(shifted, shifted.length / 3 * 3);
        return Base64.getEncoder().encodeToString(whole).substring(before == 0 ? 0 : 4);
    }

    private record Named(AccountId id, MailAccount account) implements MailAccount {
        @Override
        public GuardProfile guard() {
            return new GuardProfile(account.guard().settings(), null, null);
        }

        @Override
        public MailProvider open(ProviderContext context) {
            return account.open(context);
        }
    }
}
