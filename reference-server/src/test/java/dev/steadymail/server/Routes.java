package dev.steadymail.server;

import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Open;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The routes of a running server, found in it and written down nowhere else. */
final class Routes {
    private static final String OURS = "dev.steadymail.";

    private Routes() {}

    /** Returns the routes of our own code, by path and method. */
    static List<Route> of(RunningServer server) {
        List<Route> routes = new ArrayList<>();
        server.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((info, method) -> {
                    if (method.getBeanType().getName().startsWith(OURS)) {
                        routes.addAll(routes(info, method));
                    }
                });
        routes.sort(Comparator.comparing(Route::path).thenComparing(Route::method));
        return routes;
    }

    private static List<Route> routes(RequestMappingInfo info, HandlerMethod handler) {
        List<Route> routes = new ArrayList<>();
        for (String path : info.getPatternValues()) {
            for (RequestMethod method : info.getMethodsCondition().getMethods()) {
                routes.add(new Route(method.name(), path, handler));
            }
        }
        return routes;
    }

    /** One route and who may use it. */
    record Route(String method, String path, HandlerMethod handler) {
        @Nullable
        Access access() {
            return handler.getMethodAnnotation(Access.class);
        }

        @Nullable
        Open open() {
            return handler.getMethodAnnotation(Open.class);
        }

        boolean hasIds() {
            return path.contains("{");
        }

        /** Returns the line of the table of rights. */
        String row() {
            Access access = access();
            String rights = access == null
                    ? "| open | " + Objects.requireNonNull(open()).value()
                    : "| `" + access.value().text() + "` | " + access.role().text();
            return "| " + method + " | `" + path + "` " + rights + " |";
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
