package dev.steadymail.server.people;

import dev.steadymail.server.people.LoginSessions.Issued;
import dev.steadymail.server.people.PersonRows.Belonging;
import dev.steadymail.server.people.SignInPolicies.SignInPolicy;
import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.Role;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** How people come in, come back and leave. Thread-safe. */
@Service
final class SignIn {
    private final PersonRows people;
    private final Passwords passwords;
    private final FailedLogins failures;
    private final LoginSessions sessions;
    private final SignInPolicies policies;
    private final Invitations invitations;
    private final ApiTokens tokens;
    private final AuditLog audit;
    private final PeopleSettings settings;
    private final TransactionOperations transactions;

    SignIn(
            PersonRows people,
            Passwords passwords,
            FailedLogins failures,
            LoginSessions sessions,
            SignInPolicies policies,
            Invitations invitations,
            ApiTokens tokens,
            AuditLog audit,
            PeopleSettings settings,
            TransactionOperations transactions) {
        this.people = people;
        this.passwords = passwords;
        this.failures = failures;
        this.sessions = sessions;
        this.policies = policies;
        this.invitations = invitations;
        this.tokens = tokens;
        this.audit = audit;
        this.settings = settings;
        this.transactions = transactions;
    }

    /** Founds an organisation with the person as its owner, and logs them in. */
    Issued register(String organisation, Candidate candidate, Device device) {
        if (!settings.registration()) {
            throw LoginRefusedException.byPolicy(
                    "people come to this server by invitation; ask the owner of an organisation for one");
        }
        Person person = candidate.person(passwords);
        UUID founded = UUID.randomUUID();
        transactions.executeWithoutResult(status -> {
            if (!people.insert(person)) {
                throw LoginRefusedException.taken();
            }
            people.insertOrganisation(founded, organisation);
            people.setMember(founded, person.id(), Role.OWNER);
        });
        audit.add(founded, person.id(), "organisation.found", founded.toString());
        return begin(person, founded, device, SignInPolicy.NONE);
    }

    /**
     * Makes somebody who was invited a member, and logs them in. Who is here already, in other organisations, proves it by their password.
     */
    Issued accept(String invitation, Candidate candidate, Device device) {
        invitations.require(invitation, candidate.email());
        Optional<Person> known = people.byEmail(candidate.email());
        Person person = known.isEmpty() ? candidate.person(passwords) : proven(known.get(), candidate.password());
        UUID organisation = transactions.execute(status -> {
            Invitations.Invited invited = invitations.take(invitation, candidate.email());
            requirePolicy(policies.of(invited.organisation()), device);
            if (known.isEmpty() && !people.insert(person)) {
                throw LoginRefusedException.taken();
            }
            if (people.role(invited.organisation(), person.id()).isEmpty()) {
                people.setMember(invited.organisation(), person.id(), invited.role());
            } // Who is a member already stays what they are: the last owner must not become less by an invitation.
            return invited.organisation();
        });
        UUID joined = Objects.requireNonNull(organisation);
        audit.add(joined, person.id(), "member.join", person.id().toString());
        return begin(person, joined, device, policies.of(joined));
    }

    /**
     * Logs somebody in by password.
     *
     * @param organisation which of theirs; null for the one they joined first
     * @throws LoginRefusedException with the same words whatever was wrong
     */
    Issued login(String email, String password, @Nullable UUID organisation, Device device) {
        Optional<Person> known = people.byEmail(email);
        if (known.isEmpty()) {
            // Checked all the same, so that the time tells nothing.
            boolean unusedNever = passwords.matches(password, null);
            refused(email, known);
            throw LoginRefusedException.wrong();
        }
        return enter(proven(known.get(), password), organisation, device);
    }

    /**
     * Returns the person whose password it is. A lock is looked at afterwards: many who guess at once would all have passed it before.
     *
     * @throws LoginRefusedException where it is not, or the address is locked
     */
    private Person proven(Person person, String password) {
        boolean matches = passwords.matches(password, person.passwordHash());
        if (failures.lockedUntil(person.email()).isPresent()) {
            throw LoginRefusedException.wrong();
        }
        if (!matches) {
            refused(person.email(), Optional.of(person));
            throw LoginRefusedException.wrong();
        }
        failures.forget(person.email());
        return person;
    }

    private void refused(String email, Optional<Person> known) {
        boolean nowLocked = failures.add(email);
        known.ifPresent(person -> people.organisationsOf(person.id()).stream()
                .findFirst()
                .ifPresent(home -> audit.add(
                        home.id(),
                        person.id(),
                        nowLocked ? "login.locked" : "login.failed",
                        person.id().toString())));
    }

    private Issued enter(Person person, @Nullable UUID organisation, Device device) {
        Belonging home = people.organisationsOf(person.id()).stream()
                .filter(each -> organisation == null || each.id().equals(organisation))
                .findFirst()
                .orElseThrow(LoginRefusedException::wrong);
        SignInPolicy policy = policies.of(home.id());
        if (!policy.allowsAddress(device.address())) {
            audit.add(home.id(), person.id(), "login.forbidden", null);
        }
        requirePolicy(policy, device);
        audit.add(home.id(), person.id(), "login", null);
        return begin(person, home.id(), device, policy);
    }

    private static void requirePolicy(SignInPolicy policy, Device device) {
        if (!policy.allowsAddress(device.address())) {
            throw LoginRefusedException.byPolicy(
                    "this organisation does not let people in from here; one of its owners can change that");
        }
    }

    private Issued begin(Person person, UUID organisation, Device device, SignInPolicy policy) {
        return sessions.begin(organisation, person.id(), device.name(), device.address(), policy.sessionLife());
    }

    /** Goes over to another of one's organisations, in a session of its own. */
    Issued change(UUID person, UUID organisation, Device device) {
        Person known = people.find(person).orElseThrow(LoginRefusedException::wrong);
        return enter(known, organisation, device);
    }

    /** Gives new tokens for a refresh token, as the organisation's policy says now; where that forbids it, the token stays good. */
    Issued refresh(String refreshToken, String address) {
        return sessions.refresh(refreshToken, organisation -> {
                    SignInPolicy policy = policies.of(organisation);
                    requirePolicy(policy, new Device(null, address));
                    return Optional.ofNullable(policy.sessionLife());
                })
                .orElseThrow(LoginRefusedException::sessionOver);
    }

    /** Ends a session of a person; its tokens are good for nothing from now on, on every node. */
    void logOut(UUID organisation, UUID person, UUID session) {
        if (sessions.end(session, "logout")) {
            audit.add(organisation, person, "logout", session.toString());
        }
    }

    /** Changes a password; all other sessions of the person and all tokens for programs that they made end. */
    void changePassword(Caller caller, String current, String next) {
        Person person = proven(people.find(caller.person()).orElseThrow(LoginRefusedException::wrong), current);
        Passwords.requireGood(next, person.email());
        String hash = passwords.hash(next);
        transactions.executeWithoutResult(status -> {
            people.setPassword(person.id(), hash);
            sessions.endAll(person.id(), caller.session(), "password changed");
            tokens.removeAll(person.id());
        });
        audit.add(caller.organisation(), person.id(), "password.change", null);
    }

    /**
     * Where a login comes from.
     *
     * @param name what the client calls itself; null where it does not say, and then it replaces no other
     */
    record Device(@Nullable String name, String address) {}

    /** Somebody who is not here yet. */
    record Candidate(String email, String name, String password) {
        Person person(Passwords passwords) {
            Passwords.requireGood(password, email);
            return new Person(UUID.randomUUID(), email, name, passwords.hash(password));
        }

        @Override
        public String toString() {
            return "Candidate[hidden]";
        }
    }
}
