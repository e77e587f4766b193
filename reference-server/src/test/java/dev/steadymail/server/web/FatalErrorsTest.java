package dev.steadymail.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

final class FatalErrorsTest {
    private final List<Throwable> told = new ArrayList<>();
    private Thread.UncaughtExceptionHandler before;

    @BeforeEach
    void listen() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> told.add(failure));
    }

    @AfterEach
    void restore() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @Test
    void tell_fatalCause_isToldAndOthersAreNot() {
        OutOfMemoryError fatal = new OutOfMemoryError();
        FatalErrors.tell(new IllegalStateException(new StackOverflowError()));
        FatalErrors.tell(new AssertionError());
        FatalErrors.tell(new RuntimeException());
        assertEquals(List.of(), told);
        FatalErrors.tell(new IllegalStateException(new RuntimeException(fatal)));
        assertEquals(List.of(fatal), told);
    }

    @Test
    void filter_fatalErrorInARequest_isToldAndPassedOn() {
        OutOfMemoryError fatal = new OutOfMemoryError();
        ServletException wrapped = new ServletException("Handler dispatch failed", fatal);

        ServletException passed = assertThrows(
                ServletException.class,
                () -> new FatalErrorFilter()
                        .doFilter(new MockHttpServletRequest(), new MockHttpServletResponse(), (request, response) -> {
                            throw wrapped;
                        }));

        assertEquals(wrapped, passed);
        assertEquals(List.of(fatal), told);
    }
}
