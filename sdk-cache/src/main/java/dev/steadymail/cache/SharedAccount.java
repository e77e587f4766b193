package dev.steadymail.cache;

import dev.steadymail.cache.shared.Begun;
import dev.steadymail.cache.shared.Dated;
import dev.steadymail.cache.shared.Found;
import dev.steadymail.cache.shared.SharedLevel;
import dev.steadymail.cache.shared.SharedName;
import dev.steadymail.cache.shared.Values;
import dev.steadymail.cache.shared.Wanted;
import dev.steadymail.mail.EmailId;
import dev.steadymail.provider.Call;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One account in the level that processes share, with what this process knows of it. No method fails, and none takes longer than a few
 * times the level's patience. Thread-safe.
 */
final class SharedAccount {
    /** How long others wait for a reading before they read the same: as long as most take, and a dead process holds nobody up for longer. */
    static final Duration CLAIM = Duration.ofSeconds(2);

    private final SharedLevel level;
    private final String account;
    private final SharedFences fences = new SharedFences();

    private volatile String tenant = "";

    SharedAccount(SharedLevel level, String account) {
        this.level = level;
        this.account = account;
    }

    /** Says whose account it is; empty where that is not said. Who said it last counts. */
    void belongsTo(String tenant) {
        if (!tenant.isEmpty()) {
            this.tenant = tenant;
        }
    }

    /** Returns whether there is anything beneath the memory. */
    boolean exists() {
        return level != NoSharedLevel.NONE;
    }

    SharedLevel level() {
        return level;
    }

    String account() {
        return account;
    }

    /** Returns what is there and may be used. */
    Found find(Wanted wanted) {
        return exists() && paid() ? usable(level.find(account, wanted)) : Found.NOTHING;
    }

    /** Begins a reading, see {@link SharedLevel#begin}; nothing where it goes on without the level. */
    Optional<Begun> begin(Set<String> claims, Wanted wanted, Call call) {
        if (!exists() || !paid()) {
            return Optional.empty();
        }
        return level.begin(account, fences.highest(), claims, call.lane().ordinal(), CLAIM, wanted)
                .map(begun -> new Begun(
                        begun.position(), begun.startedAt(), begun.granted(), begun.token(), usable(begun.found())));
    }

    private Found usable(Found found) {
        Map<SharedName, Dated> changing = new HashMap<>(found.changing());
        changing.entrySet().removeIf(entry -> !fences.admits(entry.getKey(), entry.getValue()));
        return new Found(changing, found.lasting());
    }

    void keep(Begun begun, Values values) {
        level.keep(account, tenant, begun, values);
    }

    /** These emails have changed, and with them any list. */
    void touch(Collection<EmailId> ids) {
        if (!exists()) {
            return;
        }
        List<String> names = ids.stream().map(EmailId::value).distinct().toList();
        OptionalLong position = level.touch(account, fences.highest(), names);
        if (position.isPresent()) {
            fences.touched(names, position.getAsLong());
        } else {
            fences.owe(false);
        }
    }

    /** Anything may have changed. */
    void touchAll() {
        if (!exists()) {
            return;
        }
        OptionalLong position = level.touchAll(account, fences.highest());
        if (position.isPresent()) {
            fences.touchedAll(position.getAsLong());
        } else {
            fences.owe(false);
        }
    }

    /** These emails are gone: nothing of them is kept. */
    void gone(Collection<EmailId> ids) {
        if (!exists() || ids.isEmpty()) {
            return;
        }
        List<String> names = ids.stream().map(EmailId::value).distinct().toList();
        OptionalLong position = level.remove(account, fences.highest(), names);
        if (position.isPresent()) {
            fences.touched(names, position.getAsLong());
        } else {
            fences.owe(true);
        }
    }

    /** Forgets everything, and returns whether it is gone for sure. */
    boolean forget() {
        if (!exists()) {
            return true;
        }
        OptionalLong position = level.forget(account, fences.highest());
        if (position.isPresent()) {
            fences.touchedAll(position.getAsLong());
        } else {
            fences.owe(true);
        }
        return position.isPresent();
    }

    /** Tells the level what it has not heard of, and returns whether it has heard of everything. */
    private boolean paid() {
        long owed = fences.owed();
        if (owed == 0) {
            return true;
        }
        // What is to be removed is forgotten with everything else of the account.
        OptionalLong position = fences.owesRemoval()
                ? level.forget(account, fences.highest())
                : level.touchAll(account, fences.highest());
        if (position.isEmpty()) {
            return false;
        }
        fences.paid(owed, position.getAsLong());
        return fences.owed() == 0;
    }
}
