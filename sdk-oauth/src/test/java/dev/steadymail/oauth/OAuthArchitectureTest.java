package dev.steadymail.oauth;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** What holds in this module, each rule with its reason. The command line checks rules that span modules. */
@AnalyzeClasses(packages = "dev.steadymail.oauth", importOptions = OAuthArchitectureTest.MainClasses.class)
final class OAuthArchitectureTest {
    private static final String[] LIBRARIES = {"okhttp3..", "okio..", "com.fasterxml..", "kotlin.."};

    @ArchTest
    static final ArchRule signaturesAreOurs = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should(showNoLibrary())
            .because("a library in a signature binds every user to our version of it");

    @ArchTest
    static final ArchRule jsonHasItsPlaces = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(Answer|Assertion)")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..")
            .because("two files to change with the library");

    private static ArchCondition<JavaMethod> showNoLibrary() {
        return new ArchCondition<>("show no type of a library") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                for (JavaClass type : method.getAllInvolvedRawTypes()) {
                    boolean ours = not(resideInAnyPackage(LIBRARIES)).test(type);
                    events.add(
                            new SimpleConditionEvent(method, ours, method.getFullName() + " shows " + type.getName()));
                }
            }
        };
    }

    /** ArchUnit's own option knows only {@code target/test-classes}, and a second JDK builds in another folder. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }
}
