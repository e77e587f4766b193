package dev.steadymail.server.people;

import dev.steadymail.server.people.AuditLog.AuditEvent;
import dev.steadymail.server.people.Invitations.Invitation;
import dev.steadymail.server.people.Invitations.OpenInvitation;
import dev.steadymail.server.people.PersonRows.Member;
import dev.steadymail.server.people.SignInPolicies.SignInPolicy;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.Role;
import dev.steadymail.server.tenants.Scope;
import dev.steadymail.server.web.Items;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller's organisation: its name, its people, what it asks of them, and what was done in it. */
@RestController
@RequestMapping("/api/v1/organisation")
class OrganisationController {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_EMAIL = 254;
    private static final int MAX_LIMIT = 200;

    private final PersonRows people;
    private final Members members;
    private final Invitations invitations;
    private final SignInPolicies policies;
    private final AuditLog audit;

    OrganisationController(
            PersonRows people, Members members, Invitations invitations, SignInPolicies policies, AuditLog audit) {
        this.people = people;
        this.members = members;
        this.invitations = invitations;
        this.policies = policies;
        this.audit = audit;
    }

    @GetMapping
    @Access(Scope.ORGANISATION_READ)
    @Operation(summary = "Show the organisation")
    OrganisationView show(Caller caller) {
        return people.organisationsOf(caller.person()).stream()
                .filter(home -> home.id().equals(caller.organisation()))
                .findFirst()
                .map(home -> new OrganisationView(home.id(), home.name()))
                .orElseThrow(() -> new UnknownPartException("organisation"));
    }

    @PatchMapping
    @Access(value = Scope.ORGANISATION_WRITE, role = Role.OWNER)
    @Operation(summary = "Rename the organisation")
    OrganisationView rename(@RequestBody RenameRequest body, Caller caller) {
        String name = AuthController.text("name", body.name(), LONGEST_NAME);
        people.renameOrganisation(caller.organisation(), name);
        audit.add(caller.organisation(), caller.person(), "organisation.rename", null);
        return new OrganisationView(caller.organisation(), name);
    }

    @GetMapping("/members")
    @Access(Scope.ORGANISATION_READ)
    @Operation(summary = "List the members")
    Items<Member> members(Caller caller) {
        return Items.all(people.members(caller.organisation()));
    }

    @PostMapping("/invitations")
    @Access(value = Scope.SELF, role = Role.ADMIN)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Invite somebody; the token in the answer is handed over to them")
    Invitation invite(@RequestBody InvitationRequest body, Caller caller) {
        Role role = role(body.role());
        Members.requireMay(caller, role);
        String email = AuthController.text("email", body.email(), LONGEST_EMAIL);
        Invitation invitation = invitations.add(caller.organisation(), caller.person(), email, role);
        audit.add(caller.organisation(), caller.person(), "member.invite." + role.text(), null);
        return invitation;
    }

    @GetMapping("/invitations")
    @Access(value = Scope.ORGANISATION_READ, role = Role.ADMIN)
    @Operation(summary = "List the invitations that are open")
    Items<OpenInvitation> invitations(Caller caller) {
        return Items.all(invitations.list(caller.organisation()));
    }

    @DeleteMapping("/invitations/{id}")
    @Access(value = Scope.SELF, role = Role.ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take an invitation back")
    void takeBack(@PathVariable UUID id, Caller caller) {
        if (!invitations.remove(caller.organisation(), id)) {
            throw new UnknownPartException("invitation");
        }
        audit.add(caller.organisation(), caller.person(), "member.uninvite", id.toString());
    }

    @PatchMapping("/members/{id}")
    @Access(value = Scope.SELF, role = Role.ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Give a member another role")
    void setRole(@PathVariable UUID id, @RequestBody RoleRequest body, Caller caller) {
        members.require(caller, id);
        members.setRole(caller, id, role(body.role()));
    }

    @DeleteMapping("/members/{id}")
    @Access(value = Scope.SELF, role = Role.ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take a member out; their sessions and tokens for this organisation end")
    void remove(@PathVariable UUID id, Caller caller) {
        members.remove(caller, id);
    }

    @GetMapping("/sign-in-policy")
    @Access(value = Scope.ORGANISATION_READ, role = Role.ADMIN)
    @Operation(summary = "Show what the organisation asks of those who log in")
    SignInPolicy policy(Caller caller) {
        return policies.of(caller.organisation());
    }

    @PutMapping("/sign-in-policy")
    @Access(value = Scope.ORGANISATION_WRITE, role = Role.OWNER)
    @Operation(summary = "Say what the organisation asks of those who log in, from the next login or refresh on")
    SignInPolicy setPolicy(@RequestBody PolicyRequest body, Caller caller, HttpServletRequest request) {
        SignInPolicy policy = body.policy();
        if (!policy.allowsAddress(request.getRemoteAddr())) {
            throw new InvalidRequestException(
                    "networks must have the one that you ask from, or you could not log in again");
        }
        policies.set(caller.organisation(), policy);
        audit.add(caller.organisation(), caller.person(), "organisation.policy", null);
        return policy;
    }

    @GetMapping("/audit")
    @Access(value = Scope.ORGANISATION_READ, role = Role.ADMIN)
    @Operation(summary = "List what was done in the organisation, newest first")
    Items<AuditEvent> audit(
            @RequestParam(required = false) @Nullable Long after, @RequestParam(defaultValue = "50") int limit) {
        int size = Math.max(1, Math.min(MAX_LIMIT, limit));
        List<AuditEvent> found = audit.page(after == null ? Long.MAX_VALUE : after, size + 1);
        if (found.size() <= size) {
            return Items.all(found);
        }
        return new Items<>(
                found.subList(0, size), Long.toString(found.get(size - 1).id()));
    }

    private static Role role(@Nullable String text) {
        try {
            return Role.of(text == null ? "" : text);
        } catch (IllegalArgumentException unknown) {
            throw new InvalidRequestException("role must be member, admin or owner");
        }
    }

    record OrganisationView(UUID id, String name) {}

    record RenameRequest(@Nullable String name) {}

    record PolicyRequest(
            @Nullable Long sessionSeconds, @Nullable List<String> networks) {
        SignInPolicy policy() {
            return new SignInPolicy(sessionSeconds, networks == null ? List.of() : networks);
        }
    }

    record RoleRequest(@Nullable String role) {}

    record InvitationRequest(
            @Nullable String email, @Nullable String role) {
        @Override
        public String toString() {
            return "InvitationRequest[hidden]";
        }
    }
}
