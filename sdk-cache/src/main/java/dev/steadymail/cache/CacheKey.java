package dev.steadymail.cache;

import dev.steadymail.mail.EmailId;
import java.util.Set;

/**
 * Names a value of one account. Its hash is kept: looking up is most of what a hit costs.
 *
 * <p>The account is compared by identity, so that what is forgotten as a whole is named by nothing any more.
 */
final class CacheKey {
    private final AccountCache account;
    private final CachedKind kind;
    private final Object id;
    private final int hash;

    CacheKey(AccountCache account, CachedKind kind, Object id) {
        this.account = account;
        this.kind = kind;
        this.id = id;
        this.hash = (System.identityHashCode(account) * 31 + kind.hashCode()) * 31 + id.hashCode();
    }

    /** Returns whether this is one of these emails, or content of one. */
    boolean isOf(Set<EmailId> emails) {
        return id instanceof ContentReads.Part part
                ? emails.contains(part.id())
                : id instanceof EmailId email && emails.contains(email);
    }

    AccountCache account() {
        return account;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheKey key
                && hash == key.hash
                && account == key.account
                && kind == key.kind
                && id.equals(key.id);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
