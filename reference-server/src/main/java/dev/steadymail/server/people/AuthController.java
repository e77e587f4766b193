package dev.steadymail.server.people;

import dev.steadymail.server.people.LoginSessions.Issued;
import dev.steadymail.server.people.PersonRows.Belonging;
import dev.steadymail.server.people.SignIn.Candidate;
import dev.steadymail.server.people.SignIn.Device;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.Open;
import dev.steadymail.server.tenants.Scope;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Coming in, coming back and leaving, over HTTP. */
@RestController
@RequestMapping("/api/v1/auth")
class AuthController {
    private static final String NO_TOKEN_YET = "whoever asks has no token yet";
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_EMAIL = 254;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]+@[^\\s@\\p{Cntrl}]+");

    private final SignIn signIn;
    private final AccessTokens tokens;
    private final PersonRows people;

    AuthController(SignIn signIn, AccessTokens tokens, PersonRows people) {
        this.signIn = signIn;
        this.tokens = tokens;
        this.people = people;
    }

    @PostMapping("/register")
    @Open(NO_TOKEN_YET)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Found an organisation and become its owner",
            security = {})
    TokenPair register(@RequestBody RegisterRequest body, HttpServletRequest request) {
        Candidate candidate = candidate(body.email(), body.name(), body.password());
        String organisation = text("organisation", body.organisation(), LONGEST_NAME);
        return pair(signIn.register(organisation, candidate, device(body.device(), request)));
    }

    @PostMapping("/accept")
    @Open(NO_TOKEN_YET)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Become a member of an organisation by an invitation",
            security = {})
    TokenPair accept(@RequestBody AcceptRequest body, HttpServletRequest request) {
        Candidate candidate = candidate(body.email(), body.name(), body.password());
        String invitation = text("invitation", body.invitation(), LONGEST_NAME);
        return pair(signIn.accept(invitation, candidate, device(body.device(), request)));
    }

    @PostMapping("/login")
    @Open(NO_TOKEN_YET)
    @Operation(
            summary = "Log in by address and password",
            security = {})
    TokenPair login(@RequestBody LoginRequest body, HttpServletRequest request) {
        String email = text("email", body.email(), LONGEST_EMAIL);
        String password = text("password", body.password(), Passwords.LONGEST);
        return pair(signIn.login(email, password, body.organisation(), device(body.device(), request)));
    }

    @PostMapping("/refresh")
    @Open("the refresh token in the body says who asks")
    @Operation(
            summary = "Get new tokens for a refresh token, which is used up by that",
            security = {})
    TokenPair refresh(@RequestBody RefreshRequest body, HttpServletRequest request) {
        String token = text("refreshToken", body.refreshToken(), LONGEST_NAME);
        return pair(signIn.refresh(token, request.getRemoteAddr()));
    }

    @PostMapping("/logout")
    @Access(Scope.SELF)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End this session; its tokens are good for nothing from now on")
    void logOut(Caller caller) {
        UUID session = caller.session();
        if (session == null) {
            throw new InvalidRequestException("this token is of no session, so there is none to end");
        }
        signIn.logOut(caller.organisation(), caller.person(), session);
    }

    @PostMapping("/organisation")
    @Access(Scope.SELF)
    @Operation(summary = "Go over to another of one's organisations, in a session of its own")
    TokenPair change(@RequestBody ChangeRequest body, Caller caller, HttpServletRequest request) {
        if (body.organisation() == null) {
            throw new InvalidRequestException(
                    "organisation must be the id of one of yours; GET /api/v1/auth/me lists them");
        }
        return pair(signIn.change(caller.person(), body.organisation(), device(body.device(), request)));
    }

    @PostMapping("/password")
    @Access(Scope.SELF)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Change one's password; one's other sessions end")
    void changePassword(@RequestBody PasswordRequest body, Caller caller) {
        String current = text("current", body.current(), Passwords.LONGEST);
        String next = text("next", body.next(), Passwords.LONGEST);
        signIn.changePassword(caller, current, next);
    }

    @GetMapping("/me")
    @Access(Scope.SELF)
    @Operation(summary = "Say who one is, and in which organisations")
    Me me(Caller caller) {
        Person person = people.find(caller.person()).orElseThrow(LoginRefusedException::sessionOver);
        return new Me(
                person.id(),
                person.email(),
                person.name(),
                caller.organisation(),
                caller.role().text(),
                people.organisationsOf(person.id()).stream().map(Home::of).toList());
    }

    private TokenPair pair(Issued issued) {
        return new TokenPair(
                tokens.issue(issued.session()),
                "Bearer",
                tokens.lifeSeconds(),
                issued.refreshToken(),
                issued.session().id(),
                issued.session().organisation());
    }

    private static Candidate candidate(@Nullable String email, @Nullable String name, @Nullable String password) {
        String address = text("email", email, LONGEST_EMAIL).strip();
        if (!EMAIL.matcher(address).matches()) {
            throw new InvalidRequestException("email must be an address such as ada@example.org");
        }
        String called = name == null || name.isBlank() ? address : text("name", name, LONGEST_NAME);
        return new Candidate(address, called, text("password", password, Passwords.LONGEST));
    }

    private static Device device(@Nullable String name, HttpServletRequest request) {
        String called = name == null || name.isBlank()
                ? null
                : name.replaceAll("\\p{Cntrl}", " ").strip();
        return new Device(called, request.getRemoteAddr());
    }

    static String text(String field, @Nullable String value, int most) {
        if (value == null || value.isBlank() || value.length() > most || value.indexOf('\0') >= 0) {
            throw new InvalidRequestException(field + " must have 1 to " + most + " characters");
        }
        return value;
    }

    record RegisterRequest(
            @Nullable String organisation,
            @Nullable String email,
            @Nullable String name,
            @Nullable String password,
            @Nullable String device) {
        @Override
        public String toString() {
            return "RegisterRequest[hidden]";
        }
    }

    record AcceptRequest(
            @Nullable String invitation,
            @Nullable String email,
            @Nullable String name,
            @Nullable String password,
            @Nullable String device) {
        @Override
        public String toString() {
            return "AcceptRequest[hidden]";
        }
    }

    record LoginRequest(
            @Nullable String email,
            @Nullable String password,
            @Nullable UUID organisation,
            @Nullable String device) {
        @Override
        public String toString() {
            return "LoginRequest[hidden]";
        }
    }

    record RefreshRequest(@Nullable String refreshToken) {
        @Override
        public String toString() {
            return "RefreshRequest[hidden]";
        }
    }

    record PasswordRequest(
            @Nullable String current, @Nullable String next) {
        @Override
        public String toString() {
            return "PasswordRequest[hidden]";
        }
    }

    record ChangeRequest(
            @Nullable UUID organisation, @Nullable String device) {}

    /**
     * What lets somebody in.
     *
     * @param accessToken for the header Authorization
     * @param expiresIn seconds that the access token is good
     * @param refreshToken for the next pair, used once
     */
    record TokenPair(
            String accessToken,
            String tokenType,
            long expiresIn,
            String refreshToken,
            UUID sessionId,
            UUID organisationId) {
        @Override
        public String toString() {
            return "TokenPair[hidden]";
        }
    }

    record Me(UUID id, String email, String name, UUID organisationId, String role, List<Home> organisations) {
        @Override
        public String toString() {
            return "Me[" + id + "]";
        }
    }

    record Home(UUID id, String name, String role) {
        static Home of(Belonging belonging) {
            return new Home(belonging.id(), belonging.name(), belonging.role().text());
        }
    }
}
