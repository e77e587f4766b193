package dev.steadymail.server.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How long a body the method takes that answers a route; 64 KiB where it says nothing. A longer body is status 413. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface BodyUpTo {
    /** The most bytes; bodies of up to 64 KiB are read whole, with a higher limit they are streamed. */
    long value();
}
