package dev.steadymail.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Notes with a request what {@link BodyUpTo} says of its route, before anything of the body is read. */
@Component
class RouteBodyLimit implements HandlerInterceptor, WebMvcConfigurer {
    /** After the rights, before whatever reads the body. */
    private static final int ORDER = 5;

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).order(ORDER);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        BodyUpTo limit = handler instanceof HandlerMethod method ? method.getMethodAnnotation(BodyUpTo.class) : null;
        if (limit != null) {
            request.setAttribute(LimitedRequest.LIMIT, limit.value());
        }
        return true;
    }
}
