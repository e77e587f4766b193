package dev.steadymail.server.people;

import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.ForbiddenException;
import dev.steadymail.server.tenants.Role;
import dev.steadymail.server.web.ApiException;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Changes of who belongs to an organisation. Nobody gives or takes away a role above their own, and the last owner stays one, also where two
 * owners remove each other at the same moment. Thread-safe.
 */
@Service
final class Members {
    private final PersonRows people;
    private final AuditLog audit;
    private final TransactionOperations transactions;

    Members(PersonRows people, AuditLog audit, TransactionOperations transactions) {
        this.people = people;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** Throws where somebody is no member. */
    void require(Caller caller, UUID person) {
        roleOf(caller, person);
    }

    void setRole(Caller caller, UUID person, Role role) {
        requireMay(caller, role);
        transactions.executeWithoutResult(status -> {
            List<UUID> owners = people.lockedOwners(caller.organisation());
            Role before = roleOf(caller, person);
            requireMay(caller, before);
            if (before == Role.OWNER && role != Role.OWNER) {
                requireAnother(owners);
            }
            people.setMember(caller.organisation(), person, role);
        });
        audit.add(caller.organisation(), caller.person(), "member.role." + role.text(), person.toString());
    }

    void remove(Caller caller, UUID person) {
        transactions.executeWithoutResult(status -> {
            List<UUID> owners = people.lockedOwners(caller.organisation());
            Role role = roleOf(caller, person);
            requireMay(caller, role);
            if (role == Role.OWNER) {
                requireAnother(owners);
            }
            people.removeMember(caller.organisation(), person);
        });
        audit.add(caller.organisation(), caller.person(), "member.remove", person.toString());
    }

    private Role roleOf(Caller caller, UUID person) {
        return people.role(caller.organisation(), person).orElseThrow(() -> new UnknownPartException("member"));
    }

    static void requireMay(Caller caller, Role role) {
        if (!caller.role().includes(role)) {
            throw new ForbiddenException("the role " + role.text() + " is above your own; ask an owner");
        }
    }

    private static void requireAnother(List<UUID> owners) {
        if (owners.size() < 2) {
            throw new LastOwnerException();
        }
    }

    /** An organisation without an owner could never be changed again. */
    static final class LastOwnerException extends ApiException {
        private static final long serialVersionUID = 1L;

        LastOwnerException() {
            super(
                    HttpStatus.CONFLICT,
                    "The last owner stays",
                    "this is the last owner of the organisation; make somebody else an owner first");
        }
    }
}
