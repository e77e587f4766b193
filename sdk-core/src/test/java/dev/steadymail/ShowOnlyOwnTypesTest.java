package dev.steadymail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.ArchUnitException;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Public, since what is nested in a hidden type is not visible. */
public final class ShowOnlyOwnTypesTest {
    @Test
    void check_foreignTypesInEveryVisiblePlace_reportsEach() {
        assertEquals(5, violationsOf(Leaky.class));
    }

    @Test
    void check_ownAndJdkTypes_reportsNothing() {
        assertEquals(0, violationsOf(Tight.class));
    }

    private static int violationsOf(Class<?> type) {
        return ArchRuleDefinition.classes()
                .should(new ShowOnlyOwnTypes())
                .evaluate(new ClassFileImporter().importClasses(type))
                .getFailureReport()
                .getDetails()
                .size();
    }

    /** Shows a foreign type as supertype, field, type parameter, return type and thrown type. */
    public abstract static class Leaky implements Supplier<ArchCondition<String>> {
        protected ArchCondition<?>[] field;

        public <T extends ArchCondition<String>> Leaky(T value) {}

        protected abstract List<ArchCondition<String>> method();

        public void thrower() throws ArchUnitException {}
    }

    /** Has foreign types only where no user sees them. */
    public abstract static class Tight implements Supplier<List<String>> {
        private ArchCondition<?>[] field = new ArchCondition<?>[0];

        abstract ArchCondition<?> method();

        public int size() {
            return field.length;
        }
    }
}
