package dev.steadymail.server.tenants;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a caller needs for a route. Every method that answers a route has this or {@link Open}; one that has neither answers nobody. The
 * table of all routes is {@code docs/api-rights.md}, which a test holds against the running server.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Access {
    /** What the token must be good for. */
    Scope value();

    /** What the caller must be in the organisation. */
    Role role() default Role.MEMBER;
}
