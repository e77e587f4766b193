package dev.steadymail.server.tenants;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/**
 * Who asks, as the token proved it. Methods that answer routes take it as a parameter.
 *
 * @param organisation whose data the request is about
 * @param session the login the token came from; null where it is no login's
 */
public record Caller(
        UUID person,
        UUID organisation,
        Role role,
        Set<Scope> scopes,
        @Nullable UUID session) implements OAuth2AuthenticatedPrincipal {
    /** The organisation of the server's operator, who has the token of the data folder. */
    public static final UUID OPERATORS = UUID.fromString("00000000-0000-4000-8000-000000000001");

    /** The operator as a person. */
    public static final UUID OPERATOR = UUID.fromString("00000000-0000-4000-8000-000000000002");

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** Returns the operator, who may do everything. */
    public static Caller operator() {
        return new Caller(OPERATOR, OPERATORS, Role.OWNER, Set.of(Scope.values()), null);
    }

    /** Returns whether the caller may use a route. */
    public boolean may(Access access) {
        return scopes.contains(access.value()) && role.includes(access.role());
    }

    @Override
    public Map<String, Object> getAttributes() {
        return Map.of("sub", getName());
    }

    @Override
    public List<GrantedAuthority> getAuthorities() {
        return List.of();
    }

    @Override
    public String getName() {
        return person.toString();
    }
}
