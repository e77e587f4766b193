package dev.steadymail.server.people;

import dev.steadymail.server.people.LoginSessions.LoginSession;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.Scope;
import dev.steadymail.server.web.Items;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The devices somebody is logged in on. */
@RestController
@RequestMapping("/api/v1/sessions")
class SessionController {
    private final LoginSessions sessions;
    private final SignIn signIn;

    SessionController(LoginSessions sessions, SignIn signIn) {
        this.sessions = sessions;
        this.signIn = signIn;
    }

    @GetMapping
    @Access(Scope.SELF)
    @Operation(summary = "List the devices one is logged in on")
    Items<SessionView> list(Caller caller) {
        return Items.all(sessions.of(caller.person()).stream()
                .map(session -> SessionView.of(session, session.id().equals(caller.session())))
                .toList());
    }

    @DeleteMapping("/{id}")
    @Access(Scope.SELF)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Log a device out, at once and everywhere")
    void end(@PathVariable UUID id, Caller caller) {
        LoginSession session = sessions.live(id)
                .filter(live -> live.person().equals(caller.person()))
                .orElseThrow(() -> new UnknownPartException("session"));
        signIn.logOut(session.organisation(), caller.person(), id);
    }

    /** A session as it is shown to its own person. */
    record SessionView(
            UUID id,
            UUID organisationId,
            String device,
            String address,
            Instant createdAt,
            Instant usedAt,
            Instant expiresAt,
            boolean current) {
        static SessionView of(LoginSession session, boolean current) {
            return new SessionView(
                    session.id(),
                    session.organisation(),
                    session.device(),
                    session.address(),
                    session.createdAt(),
                    session.usedAt(),
                    session.expiresAt(),
                    current);
        }
    }
}
