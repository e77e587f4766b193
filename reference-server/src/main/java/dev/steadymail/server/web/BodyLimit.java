package dev.steadymail.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets nothing behind it read bodies over 64 KiB, or over what {@link BodyUpTo} says of the route; what is not asked for is not read at
 * all.
 */
@Component
@Order(BodyLimit.ORDER)
public class BodyLimit extends OncePerRequestFilter {
    /** Filters that read bodies come after this one. */
    public static final int ORDER = Ordered.LOWEST_PRECEDENCE - 10;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new LimitedRequest(request), response);
    }
}
