package dev.steadymail.server.tenants;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/** Binds the thread of a request to the caller's organisation; a request without a token is bound to none. */
public final class TenantFilter extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Caller> caller = CallerParameter.caller();
        if (caller.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Tenancy.Binding binding = Tenancy.bind(caller.get().organisation());
        try {
            chain.doFilter(request, response);
        } finally {
            binding.close();
        }
    }
}
