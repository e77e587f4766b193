package dev.steadymail.observability;

import dev.steadymail.mail.AccountId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names that stand for accounts outside the process: a keyed hash (HMAC-SHA256, RFC 2104, the first 64 bits) that cannot be turned back
 * without the key, and that changes with each period, so that nobody can follow an account for longer. Processes with the same key
 * give an account the same name within a period. Thread-safe.
 */
public final class AccountNames {
    /** How long an account keeps its name unless said otherwise. */
    public static final Duration A_DAY = Duration.ofDays(1);

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_OCTETS = 32;
    private static final int NAME_OCTETS = 8;
    /** Names are as cheap to make as to keep many of them. */
    private static final int MOST_KEPT = 1_024;

    private final SecretKeySpec key;
    private final long period;
    /** Guarded by this object, as {@code kept} is. */
    private long current = Long.MIN_VALUE;

    private final Map<AccountId, String> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<AccountId, String> eldest) {
            return size() > MOST_KEPT;
        }
    };

    private AccountNames(byte[] key, Duration period) {
        if (key.length < KEY_OCTETS) {
            throw new IllegalArgumentException("a key has at least 32 octets, this one " + key.length);
        }
        if (period.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("a period is at least a minute, was " + period);
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.period = period.toMillis();
    }

    /** Returns names by a random key, good for this process alone. */
    public static AccountNames random() {
        byte[] key = new byte[KEY_OCTETS];
        new SecureRandom().nextBytes(key);
        return new AccountNames(key, A_DAY);
    }

    /**
     * Returns names by a key that several processes know.
     *
     * @param key a secret of at least 32 octets; it is copied
     * @param period how long an account keeps its name, at least a minute; periods begin at the same moments everywhere
     */
    public static AccountNames keyed(byte[] key, Duration period) {
        return new AccountNames(key, period);
    }

    /** Returns the name of an account at a moment: 16 hexadecimal digits. */
    public synchronized String of(AccountId account, Instant at) {
        long now = Math.floorDiv(at.toEpochMilli(), period);
        if (now != current) {
            current = now;
            kept.clear();
        }
        return kept.computeIfAbsent(account, this::make);
    }

    private String make(AccountId account) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(Long.toString(current).getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            byte[] hash = mac.doFinal(account.value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, NAME_OCTETS);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "AccountNames[hidden]";
    }
}
