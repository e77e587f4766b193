package dev.steadymail.server.people;

import dev.steadymail.server.people.ApiTokens.ApiToken;
import dev.steadymail.server.people.ApiTokens.Made;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.Role;
import dev.steadymail.server.tenants.Scope;
import dev.steadymail.server.web.Items;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tokens for programs. People see and end their own, admins those of the whole organisation. */
@RestController
@RequestMapping("/api/v1/api-tokens")
class TokenController {
    private static final int LONGEST_NAME = 100;
    private static final Duration LONGEST_LIFE = Duration.ofDays(366);

    private final ApiTokens tokens;
    private final AuditLog audit;
    private final InstantSource clock;

    TokenController(ApiTokens tokens, AuditLog audit, InstantSource clock) {
        this.tokens = tokens;
        this.audit = audit;
        this.clock = clock;
    }

    @PostMapping
    @Access(Scope.SELF)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Make a token for a program; its text is shown this once")
    NewToken add(@RequestBody NewTokenRequest body, Caller caller) {
        String name = AuthController.text("name", body.name(), LONGEST_NAME);
        Set<Scope> scopes = scopes(body.scopes());
        Instant end = body.expiresAt();
        Instant now = clock.instant();
        if (end == null || !end.isAfter(now) || end.isAfter(now.plus(LONGEST_LIFE))) {
            throw new InvalidRequestException("expiresAt must be a time in the next 366 days, as 2027-06-30T00:00:00Z");
        }
        Made made = tokens.add(caller.organisation(), caller.person(), name, scopes, end);
        audit.add(
                caller.organisation(),
                caller.person(),
                "token.create",
                made.id().toString());
        return new NewToken(made.id(), made.token());
    }

    @GetMapping
    @Access(Scope.SELF)
    @Operation(summary = "List one's tokens, or as an admin those of the organisation")
    Items<ApiToken> list(Caller caller) {
        return Items.all(tokens.list(caller.organisation(), whose(caller)));
    }

    @DeleteMapping("/{id}")
    @Access(Scope.SELF)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End a token at once")
    void remove(@PathVariable UUID id, Caller caller) {
        if (!tokens.remove(caller.organisation(), whose(caller), id)) {
            throw new UnknownPartException("token");
        }
        audit.add(caller.organisation(), caller.person(), "token.remove", id.toString());
    }

    private static @Nullable UUID whose(Caller caller) {
        return caller.role().includes(Role.ADMIN) ? null : caller.person();
    }

    private static Set<Scope> scopes(@Nullable List<String> texts) {
        Set<Scope> scopes = texts == null
                ? Set.of()
                : texts.stream()
                        .map(text -> Scope.of(text)
                                .filter(Scope.ofTokens()::contains)
                                .orElseThrow(TokenController::wrongScopes))
                        .collect(Collectors.toUnmodifiableSet());
        if (scopes.isEmpty()) {
            throw wrongScopes();
        }
        return scopes;
    }

    private static InvalidRequestException wrongScopes() {
        return new InvalidRequestException("scopes must name at least one of "
                + Scope.ofTokens().stream().map(Scope::text).collect(Collectors.joining(", ")));
    }

    record NewTokenRequest(
            @Nullable String name,
            @Nullable List<String> scopes,
            @Nullable Instant expiresAt) {}

    record NewToken(UUID id, String token) {
        @Override
        public String toString() {
            return "NewToken[" + id + "]";
        }
    }
}
