package dev.steadymail.server.idempotency;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A route of POST, PATCH or DELETE that honours the header {@code Idempotency-Key}: for 24 hours the same request by the same person with
 * the same key gets the same answer, and has its effect once. The answers 409, 429 and 503 are not kept, so the key can be used again
 * after them.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Idempotent {
    /**
     * Whether doing it again after an unclear end does no harm. Where not, the key of a run that ended without an answer says so for 24
     * hours, and errors of the server are kept as answers.
     */
    boolean repeatable() default false;
}
