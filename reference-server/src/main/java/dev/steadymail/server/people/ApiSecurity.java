package dev.steadymail.server.people;

import dev.steadymail.server.tenants.TenantFilter;
import dev.steadymail.server.web.Problems;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may ask what: everything below {@code /api} and {@code /actuator} needs a bearer token (RFC
 * 6750), the page and the health checks hold no data and are open. No session and no cookie, so no request can be forged by another site.
 */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {
    private static final String PAGE_MAY_LOAD =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    @Bean
    SecurityFilterChain filters(HttpSecurity http, Tokens tokens, OpenRoutes open, JsonMapper json) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(open)
                        .permitAll()
                        .requestMatchers("/api/**", "/actuator/**")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .oauth2ResourceServer(bearer -> bearer.opaqueToken(opaque -> opaque.introspector(tokens))
                        .authenticationEntryPoint((request, response, refused) -> refuse(response, json)))
                .addFilterAfter(new TenantFilter(), AuthorizationFilter.class)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(PAGE_MAY_LOAD))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .build();
    }

    private static void refuse(HttpServletResponse response, JsonMapper json) throws IOException {
        ProblemDetail problem = Problems.of(
                HttpStatus.UNAUTHORIZED,
                "A token is needed",
                "send the header 'Authorization: Bearer TOKEN' with the accessToken of POST /api/v1/auth/login, a token for"
                        + " programs, or the operator's from the file that the server named at its start");
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem);
    }
}
