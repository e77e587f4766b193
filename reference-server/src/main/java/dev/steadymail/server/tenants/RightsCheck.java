package dev.steadymail.server.tenants;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets a request reach the method that answers it where the caller has the rights that the method states. Files need none. */
final class RightsCheck implements HandlerInterceptor {
    private static final String API_DESCRIPTION = "org.springdoc.";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && !isOpen(method)) {
            Access access = method.getMethodAnnotation(Access.class);
            Caller caller = CallerParameter.caller().orElse(null);
            if (access == null || caller == null || !caller.may(access)) {
                throw new ForbiddenException(reason(access, caller));
            }
        }
        return true;
    }

    private static boolean isOpen(HandlerMethod method) {
        return method.hasMethodAnnotation(Open.class)
                || method.getBeanType().getName().startsWith(API_DESCRIPTION)
                || method.getBeanType().getName().endsWith(".BasicErrorController");
    }

    private static String reason(@Nullable Access access, @Nullable Caller caller) {
        if (access == null || caller == null) {
            return "nobody may use this route";
        }
        return caller.scopes().contains(access.value())
                ? "this needs the role " + access.role().text() + " in the organisation; ask one of its owners"
                : "this needs a token with the scope " + access.value().text();
    }
}
