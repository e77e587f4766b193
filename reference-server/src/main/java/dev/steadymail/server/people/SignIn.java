package dev.steadymail.server.people;

import dev.steadymail.server.people.LoginSessions.Issued;
import dev.steadymail.server.people.PersonRows.Belonging;
import dev.steadymail.server.people.SignInPolicies.SignInPolicy;
import dev.steadymail.server.tenants.Role;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** How people come in, come back and leave. Thread-safe. */
@Service
public class SignIn {
    private final PersonRows people;
    private final Passwords passwords;
    private final FailedLogins failures;
    private final LoginSessions sessions;
    private final SignInPolicies policies;
    private final Invitations invitations;
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
            AuditLog audit,
            PeopleSettings settings,
            TransactionOperations transactions) {
        this.people = people;
        this.passwords = passwords;
        this.failures = failures;
        this.sessions = sessions;
        this.policies = policies;
        this.invitations = invitations;
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

    /** Makes somebody who was invited a member, and logs them in. */
    Issued accept(String invitation, Candidate candidate, Device device) {
        Person person = candidate.person(passwords);
        UUID organisation = transactions.execute(status -> {
            Invitations.Invited invited = invitations.take(invitation, candidate.email());
            if (!people.insert(person)) {
                throw LoginRefusedException.taken();
            }
            people.setMember(invited.organisation(), person.id(), invited.role());
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
        // Checked in any case, so that the time tells nothing.
        Optional<Person> known = people.byEmail(email);
        boolean locked = failures.lockedUntil(email).isPresent();
        boolean matches =
                passwords.matches(password, known.map(Person::passwordHash).orElse(null));
        Person person = known.orElse(null);
        if (locked || !matches || person == null) {
            refused(email, known, locked);
            throw LoginRefusedException.wrong();
        }
        failures.forget(email);
        return enter(person, organisation, "password", device);
    }

    private void refused(String email, Optional<Person> known, boolean locked) {
        if (locked) {
            return;
        }
        boolean nowLocked = failures.add(email);
        known.ifPresent(person -> people.organisationsOf(person.id()).stream()
                .findFirst()
                .ifPresent(home -> audit.add(
                        home.id(),
                        person.id(),
                        nowLocked ? "login.locked" : "login.failed",
                        person.id().toString())));
    }

    /**
     * Logs in whoever Google says it is: by the subject that Google never gives twice, or, the first time, by an address that it has verified.
     *
     * @throws LoginRefusedException where nobody of that address is here
     */
    public Entered loginByGoogle(String subject, String verifiedEmail, Device device) {
        Person person = people.byGoogle(subject)
                .or(() -> people.byEmail(verifiedEmail))
                .orElseThrow(LoginRefusedException::wrong);
        people.setGoogle(person.id(), subject);
        return new Entered(enter(person, null, "google", device));
    }

    private Issued enter(Person person, @Nullable UUID organisation, String method, Device device) {
        List<Belonging> homes = people.organisationsOf(person.id());
        Belonging home = homes.stream()
                .filter(each -> organisation == null || each.id().equals(organisation))
                .findFirst()
                .orElseThrow(LoginRefusedException::wrong);
        SignInPolicy policy = policies.of(home.id());
        if (!policy.allowsMethod(method) || !policy.allowsAddress(device.address())) {
            audit.add(home.id(), person.id(), "login.forbidden", method);
            throw LoginRefusedException.byPolicy(
                    "this organisation does not let people in like this or from here; one of its owners can change that");
        }
        audit.add(home.id(), person.id(), "login", method);
        return begin(person, home.id(), device, policy);
    }

    private Issued begin(Person person, UUID organisation, Device device, SignInPolicy policy) {
        return sessions.begin(organisation, person.id(), device.name(), device.address(), policy.sessionLife());
    }

    /** Goes over to another of one's organisations, in a session of its own. */
    Issued change(UUID person, UUID organisation, Device device) {
        Person known = people.find(person).orElseThrow(LoginRefusedException::wrong);
        String method = known.passwordHash() == null ? "google" : "password";
        return enter(known, organisation, method, device);
    }

    /** Gives new tokens for a refresh token, where the organisation's policy still lets the address in. */
    Issued refresh(String refreshToken, String address) {
        Issued issued = sessions.refresh(refreshToken).orElseThrow(LoginRefusedException::sessionOver);
        if (!policies.of(issued.session().organisation()).allowsAddress(address)) {
            throw LoginRefusedException.byPolicy("this organisation does not let people in from here");
        }
        return issued;
    }

    /** Ends a session of a person; its tokens are good for nothing from now on, on every node. */
    void logOut(UUID organisation, UUID person, UUID session) {
        if (sessions.end(session, "logout")) {
            audit.add(organisation, person, "logout", session.toString());
        }
    }

    /** Changes a password; all other sessions of the person end. */
    void changePassword(UUID id, @Nullable UUID session, String current, String next) {
        Person person = people.find(id).orElseThrow(LoginRefusedException::wrong);
        if (failures.lockedUntil(person.email()).isPresent() || !passwords.matches(current, person.passwordHash())) {
            refused(
                    person.email(),
                    Optional.of(person),
                    failures.lockedUntil(person.email()).isPresent());
            throw LoginRefusedException.wrong();
        }
        Passwords.requireGood(next, person.email());
        people.setPassword(id, passwords.hash(next));
        sessions.endAll(id, session, "password changed");
    }

    /**
     * Where a login comes from.
     *
     * @param name what the client calls itself
     */
    public record Device(String name, String address) {}

    /** A login that succeeded. */
    public record Entered(Issued issued) {}

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
