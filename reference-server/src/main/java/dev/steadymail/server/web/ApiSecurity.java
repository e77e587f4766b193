package dev.steadymail.server.web;

import dev.steadymail.server.folder.DataFolder;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may ask what: everything below {@code /api} and {@code /actuator} needs the token of the data folder as a bearer token (RFC
 * 6750), the page and the health checks hold no data and are open. No session and no cookie, so no request can be forged by another site.
 */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {
    private static final String PAGE_MAY_LOAD =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    @Bean
    SecurityFilterChain filters(HttpSecurity http, DataFolder folder, JsonMapper json) throws Exception {
        OpaqueTokenIntrospector tokens = theOneToken(folder.token());
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/api/**", "/actuator/**")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .oauth2ResourceServer(bearer -> bearer.opaqueToken(opaque -> opaque.introspector(tokens))
                        .authenticationEntryPoint((request, response, refused) -> refuse(response, json)))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(PAGE_MAY_LOAD))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .build();
    }

    /** The time of the comparison does not tell how much of a guess was right. */
    private static OpaqueTokenIntrospector theOneToken(String token) {
        byte[] expected = token.getBytes(StandardCharsets.UTF_8);
        OAuth2AuthenticatedPrincipal owner =
                new DefaultOAuth2AuthenticatedPrincipal("owner", Map.of("sub", "owner"), List.of());
        return given -> {
            if (!MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) {
                throw new BadOpaqueTokenException("the token is not the one of this server");
            }
            return owner;
        };
    }

    private static void refuse(HttpServletResponse response, JsonMapper json) throws IOException {
        ProblemDetail problem = Problems.of(
                HttpStatus.UNAUTHORIZED,
                "A token is needed",
                "send the header 'Authorization: Bearer TOKEN' with the token from the file that the server named at its start");
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem);
    }
}
