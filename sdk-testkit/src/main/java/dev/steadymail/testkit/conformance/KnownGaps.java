package dev.steadymail.testkit.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steadymail.testkit.conformance.MailFixture.Gap;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Skips what a test server cannot do, and nothing under a name that is not there. */
final class KnownGaps {
    private static final Set<String> TESTS = Arrays.stream(MailProviderConformance.class.getDeclaredClasses())
            .flatMap(nested -> Arrays.stream(nested.getSuperclass().getDeclaredMethods()))
            .filter(method -> method.isAnnotationPresent(Test.class))
            .map(Method::getName)
            .collect(Collectors.toUnmodifiableSet());

    private KnownGaps() {}

    static void skip(Method test, List<Gap> gaps) {
        for (Gap gap : gaps) {
            requireKnown(gap);
            assumeTrue(!gap.tests().contains(test.getName()), () -> "gap of the test server: " + gap.reason());
        }
    }

    /** A test that was renamed would no longer be skipped, or a wrong name never was. */
    private static void requireKnown(Gap gap) {
        for (String name : gap.tests()) {
            if (!TESTS.contains(name)) {
                throw new IllegalArgumentException("the kit has no test " + name + "; correct the fixture's gaps");
            }
        }
    }
}
