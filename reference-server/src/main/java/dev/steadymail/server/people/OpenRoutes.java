package dev.steadymail.server.people;

import dev.steadymail.server.tenants.Open;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The routes whose method says {@link Open}, found among those there are. Thread-safe. */
@Component
class OpenRoutes implements RequestMatcher {
    private final List<RequestMatcher> routes;

    OpenRoutes(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        List<RequestMatcher> found = new ArrayList<>();
        mapping.getHandlerMethods().forEach((route, method) -> {
            if (method.hasMethodAnnotation(Open.class)) {
                found.addAll(matchers(route));
            }
        });
        this.routes = List.copyOf(found);
    }

    private static List<RequestMatcher> matchers(RequestMappingInfo route) {
        List<RequestMatcher> matchers = new ArrayList<>();
        for (String path : route.getPatternValues()) {
            route.getMethodsCondition()
                    .getMethods()
                    .forEach(method -> matchers.add(
                            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.valueOf(method.name()), path)));
        }
        return matchers;
    }

    @Override
    public boolean matches(HttpServletRequest request) {
        return routes.stream().anyMatch(route -> route.matches(request));
    }
}
