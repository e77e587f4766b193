package dev.steadymail.cache.shared;

import dev.steadymail.cache.shared.SharedName.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A level in memory whose time is moved by hand, with all that may go wrong: it is away, it forgets everything, it goes back to what it was
 * some time ago as a replica does that was behind, and words to others are lost. Each process opens a handle. For one thread.
 */
public final class SimulatedLevel {
    private final LongSupplier nanos;
    private Map<String, Account> accounts = new HashMap<>();
    private final List<Handle> handles = new ArrayList<>();
    private @Nullable Map<String, Account> replica;
    private int tokens;

    public SimulatedLevel(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What may go wrong for one process. */
    public enum Trouble {
        NONE,
        /** Nothing arrives. */
        AWAY,
        /** What is sent arrives, and no answer comes back. */
        MUTE,
        /** What others are told is not heard. */
        DEAF
    }

    private static final class Kept {
        private final byte[] octets;
        private final long position;
        private final long startedAt;

        Kept(byte[] octets, long position, long startedAt) {
            this.octets = octets;
            this.position = position;
            this.startedAt = startedAt;
        }
    }

    private static final class Account {
        long line;
        long floor;
        long lists;
        final Map<SharedName, Kept> changing = new HashMap<>();
        final Map<SharedName, Long> touched = new HashMap<>();
        final Map<LastingName, byte[]> lasting = new HashMap<>();
        final Map<String, Long> gone = new HashMap<>();
        final Map<String, Claim> claims = new HashMap<>();

        Account copy() {
            Account copy = new Account();
            copy.line = line;
            copy.floor = floor;
            copy.lists = lists;
            copy.changing.putAll(changing);
            copy.touched.putAll(touched);
            copy.lasting.putAll(lasting);
            copy.gone.putAll(gone);
            copy.claims.putAll(claims);
            return copy;
        }
    }

    private record Claim(int urgency, String token, long until, long position) {}

    /** Opens it for one more process. */
    public Handle open() {
        Handle handle = new Handle();
        handles.add(handle);
        return handle;
    }

    /** Loses everything. */
    public void flush() {
        accounts.clear();
    }

    /** Copies everything to a replica. */
    public void replicate() {
        replica = copy(accounts);
    }

    /** The replica takes over, as far as it had heard. */
    public void failOver() {
        accounts = replica == null ? new HashMap<>() : copy(replica);
    }

    private static Map<String, Account> copy(Map<String, Account> accounts) {
        Map<String, Account> copies = new HashMap<>();
        accounts.forEach((name, account) -> copies.put(name, account.copy()));
        return copies;
    }

    private long micros() {
        return nanos.getAsLong() / 1_000;
    }

    private Account account(String name) {
        return accounts.computeIfAbsent(name, unknown -> new Account());
    }

    /** What one process has of it. */
    public final class Handle implements SharedLevel {
        private final Map<String, List<TouchListener>> listeners = new HashMap<>();
        private Trouble trouble = Trouble.NONE;

        public void trouble(Trouble trouble) {
            this.trouble = trouble;
        }

        private boolean answers() {
            return trouble == Trouble.NONE || trouble == Trouble.DEAF;
        }

        @Override
        public Duration patience() {
            return Duration.ZERO;
        }

        @Override
        public Found find(String name, Wanted wanted) {
            return answers() ? look(account(name), wanted) : Found.NOTHING;
        }

        private Found look(Account account, Wanted wanted) {
            Map<SharedName, Dated> changing = new HashMap<>();
            for (SharedName one : wanted.changing()) {
                Kept kept = account.changing.get(one);
                long least = one.group() == Group.LIST ? account.lists : account.floor;
                if (kept != null && kept.position >= least) {
                    Duration age = Duration.ofNanos(nanos.getAsLong() - kept.startedAt);
                    changing.put(one, new Dated(kept.octets, kept.position, age));
                }
            }
            Map<LastingName, byte[]> lasting = new HashMap<>();
            for (LastingName one : wanted.lasting()) {
                byte[] octets = account.lasting.get(one);
                if (octets != null) {
                    lasting.put(one, octets);
                }
            }
            return new Found(changing, lasting);
        }

        @Override
        public Optional<Begun> begin(
                String name, long floor, Set<String> claims, int urgency, Duration claimFor, Wanted wanted) {
            if (trouble == Trouble.AWAY) {
                return Optional.empty();
            }
            Account account = account(name);
            if (account.line == 0) {
                account.line = Math.max(micros(), floor);
                account.floor = account.line;
                account.lists = account.line;
            }
            account.line = Math.max(account.line, floor);
            String token = "token " + ++tokens;
            Set<String> granted = new HashSet<>();
            for (String claim : claims) {
                Claim held = account.claims.get(claim);
                if (held == null
                        || held.until() <= nanos.getAsLong()
                        || held.urgency() > urgency
                        || held.position() < account.lists) {
                    account.claims.put(
                            claim, new Claim(urgency, token, nanos.getAsLong() + claimFor.toNanos(), account.line));
                    granted.add(claim);
                }
            }
            Found found = look(account, wanted);
            return answers()
                    ? Optional.of(new Begun(account.line, nanos.getAsLong(), granted, token, found))
                    : Optional.empty();
        }

        @Override
        public void keep(String name, String tenant, Begun begun, Values values) {
            if (trouble == Trouble.AWAY) {
                return;
            }
            Account account = account(name);
            account.claims.values().removeIf(claim -> claim.token().equals(begun.token()));
            if (account.line == 0 || begun.position() < account.floor) {
                return;
            }
            values.lasting().forEach((one, octets) -> {
                if (account.gone.getOrDefault(one.owner(), 0L) <= begun.position()) {
                    account.lasting.put(one, octets);
                }
            });
            values.changing().forEach((one, octets) -> {
                Kept before = account.changing.get(one);
                long least = one.group() == Group.LIST ? account.lists : account.touched.getOrDefault(one, 0L);
                boolean later = before == null
                        || (before.position <= begun.position() && before.startedAt <= begun.startedAt());
                if (begun.position() >= least && later) {
                    account.changing.put(one, new Kept(octets, begun.position(), begun.startedAt()));
                }
            });
        }

        @Override
        public OptionalLong touch(String name, long floor, Collection<String> states) {
            return touch(name, floor, states, false);
        }

        @Override
        public OptionalLong touchAll(String name, long floor) {
            return touch(name, floor, List.of(), true);
        }

        private OptionalLong touch(String name, long floor, Collection<String> states, boolean all) {
            if (trouble == Trouble.AWAY) {
                return OptionalLong.empty();
            }
            Account account = account(name);
            boolean fresh = account.line == 0;
            account.line = Math.max(Math.max(account.line, floor) + 1, micros());
            account.lists = account.line;
            if (all || fresh) {
                account.floor = account.line;
                account.changing.clear();
            }
            for (String state : states) {
                account.changing.remove(SharedName.state(state));
                account.touched.put(SharedName.state(state), account.line);
            }
            tellOthers(name, states, all);
            return answers() ? OptionalLong.of(account.line) : OptionalLong.empty();
        }

        private void tellOthers(String name, Collection<String> states, boolean all) {
            for (TouchListener listener : others(name)) {
                if (all) {
                    listener.touchedAll();
                } else {
                    listener.touched(states);
                }
            }
        }

        private List<TouchListener> others(String name) {
            return handles.stream()
                    .filter(other -> other != this && other.trouble == Trouble.NONE)
                    .flatMap(other -> other.listeners.getOrDefault(name, List.of()).stream())
                    .toList();
        }

        @Override
        public OptionalLong remove(String name, long floor, Collection<String> owners) {
            if (trouble != Trouble.AWAY) {
                Account account = account(name);
                account.lasting.keySet().removeIf(one -> owners.contains(one.owner()));
                owners.forEach(owner -> account.gone.put(owner, Math.max(Math.max(account.line, floor) + 1, micros())));
            }
            return touch(name, floor, owners, false);
        }

        @Override
        public OptionalLong forget(String name, long floor) {
            OptionalLong touched = touchAll(name, floor);
            if (trouble != Trouble.AWAY) {
                account(name).lasting.clear();
                others(name).forEach(TouchListener::forgotten);
            }
            return touched;
        }

        @Override
        public Following follow(String name, TouchListener listener) {
            listeners.computeIfAbsent(name, nobody -> new ArrayList<>()).add(listener);
            return () -> listeners.getOrDefault(name, new ArrayList<>()).remove(listener);
        }
    }
}
