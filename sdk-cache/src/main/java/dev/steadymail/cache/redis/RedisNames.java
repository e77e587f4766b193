package dev.steadymail.cache.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.steadymail.cache.codec.KeyNames;
import dev.steadymail.cache.shared.LastingName;
import dev.steadymail.cache.shared.SharedName;
import dev.steadymail.cache.shared.SharedName.Group;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * What things are called in Redis: nothing that tells an address or a subject. All keys of one account lie in one slot of a cluster.
 * Thread-safe.
 */
final class RedisNames {
    /** Accounts whose names are made once and not with each call: as many as are likely to be asked for within seconds. */
    private static final int MOST_ACCOUNTS = 10_000;

    private final KeyNames names;
    private final byte[] prefix;
    private final Cache<String, OfAccount> accounts = Caffeine.newBuilder()
            .maximumSize(MOST_ACCOUNTS)
            .executor(Runnable::run)
            .build();

    RedisNames(KeyNames names, String prefix) {
        this.names = names;
        this.prefix = prefix.getBytes(StandardCharsets.US_ASCII);
    }

    /** Keys of one account. */
    final class OfAccount {
        private final String account;
        private final byte[] hash;
        private final byte[] base;

        private OfAccount(String account) {
            this.account = account;
            this.hash = hashed("account", account);
            this.base = base(hash);
        }

        /** Returns how the account is called on the channel. */
        byte[] hash() {
            return hash;
        }

        byte[] changing() {
            return join(base, ascii("m"));
        }

        byte[] lists() {
            return join(base, ascii("l"));
        }

        /** Returns the field that says that an email is gone. */
        byte[] gone(String owner) {
            return join(ascii("x"), names.of("gone", account, owner));
        }

        /** Returns what all keys of the account begin with. */
        String beginning() {
            return new String(base, StandardCharsets.US_ASCII);
        }

        byte[] touches() {
            return join(base, ascii("v"));
        }

        List<byte[]> weights() {
            return weightsOf(hash);
        }

        byte[] claim(String name) {
            return join(base, ascii("f"), names.of("claim", account, name));
        }

        /** Returns what the key of something lasting is called after its account. */
        byte[] suffix(LastingName name) {
            return name.part().isEmpty() ? emailSuffix(name.owner()) : contentSuffix(name.owner());
        }

        byte[] emailSuffix(String owner) {
            return join(ascii("e"), names.of("email", account, owner));
        }

        byte[] contentSuffix(String owner) {
            return join(ascii("c"), names.of("content", account, owner));
        }

        byte[] lasting(byte[] suffix) {
            return join(base, suffix);
        }

        byte[] partField(String part) {
            return names.of("part", part);
        }

        byte[] field(SharedName name) {
            byte[] hashed = names.of(name.group().name(), account, name.name());
            return join(ascii(name.group() == Group.LIST ? "l" : "s"), hashed);
        }
    }

    private byte[] hashed(String kind, String name) {
        return Base64.getUrlEncoder().withoutPadding().encode(names.of(kind, name));
    }

    private byte[] base(byte[] hash) {
        return join(prefix, ascii(":{"), hash, ascii("}:"));
    }

    /** Returns where the age and the weight is kept of what an account has that never changes. */
    List<byte[]> weightsOf(byte[] accountHash) {
        return List.of(join(base(accountHash), ascii("z")), join(base(accountHash), ascii("w")));
    }

    /** Returns how a tenant is called. */
    byte[] tenant(String tenant) {
        return hashed("tenant", tenant);
    }

    /** Returns where the weight and the age of a tenant's accounts is kept, in a slot of its own. */
    List<byte[]> accountsOf(byte[] tenantHash) {
        return List.of(join(base(tenantHash), ascii("t")), join(base(tenantHash), ascii("a")));
    }

    OfAccount of(String account) {
        return accounts.get(account, OfAccount::new);
    }

    /** Returns how limits are called. */
    LimitKeys limits(String prefix) {
        return new LimitKeys(prefix, names);
    }

    /** Returns the channel on which touches are told. */
    byte[] channel() {
        return join(prefix, ascii(":touched"));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int end = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, end, part.length);
            end += part.length;
        }
        return joined;
    }
}
