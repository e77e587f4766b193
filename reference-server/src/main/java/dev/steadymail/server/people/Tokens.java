package dev.steadymail.server.people;

import dev.steadymail.server.folder.DataFolder;
import dev.steadymail.server.tenants.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;

/** Who a bearer token stands for. Thread-safe. */
@Component
class Tokens implements OpaqueTokenIntrospector {
    private final byte[] operatorsToken;

    Tokens(DataFolder folder) {
        this.operatorsToken = folder.token().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        if (isOperators(token)) {
            return Caller.operator();
        }
        throw new BadOpaqueTokenException("the token is not known");
    }

    /** The time of the comparison does not tell how much of a guess was right. */
    private boolean isOperators(String token) {
        return MessageDigest.isEqual(operatorsToken, token.getBytes(StandardCharsets.UTF_8));
    }
}
