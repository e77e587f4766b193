package dev.steadymail.server.people;

import dev.steadymail.server.folder.DataFolder;
import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;

/**
 * Who a bearer token stands for: the operator, by the token of the data folder; a program; or somebody who logged in. What they may do is
 * looked up each time, so that a logout, a role or a membership that changed is true at once and on all nodes. Thread-safe.
 */
@Component
class Tokens implements OpaqueTokenIntrospector {
    private static final int LONGEST = 4_096;

    private final byte[] operatorsToken;
    private final AccessTokens accessTokens;
    private final ApiTokens apiTokens;
    private final LoginSessions sessions;

    Tokens(DataFolder folder, AccessTokens accessTokens, ApiTokens apiTokens, LoginSessions sessions) {
        this.operatorsToken = folder.token().getBytes(StandardCharsets.UTF_8);
        this.accessTokens = accessTokens;
        this.apiTokens = apiTokens;
        this.sessions = sessions;
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        return caller(token).orElseThrow(() -> new BadOpaqueTokenException("the token is not good here"));
    }

    private Optional<Caller> caller(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        if (isOperators(token)) {
            return Optional.of(Caller.operator());
        }
        return token.startsWith(ApiTokens.PREFIX) ? apiTokens.caller(token) : person(token);
    }

    private Optional<Caller> person(String token) {
        return accessTokens
                .read(token)
                .flatMap(named -> sessions.live(named.session())
                        .filter(session -> session.person().equals(named.person()))
                        .map(session -> new Caller(
                                session.person(),
                                session.organisation(),
                                session.role(),
                                Scope.ofPeople(),
                                session.id())));
    }

    /** The time of the comparison does not tell how much of a guess was right. */
    private boolean isOperators(String token) {
        return MessageDigest.isEqual(operatorsToken, token.getBytes(StandardCharsets.UTF_8));
    }
}
