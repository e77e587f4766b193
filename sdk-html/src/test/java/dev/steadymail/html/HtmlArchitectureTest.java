package dev.steadymail.html;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** What holds in this module, each rule with its reason. */
@AnalyzeClasses(packages = "dev.steadymail.html", importOptions = HtmlArchitectureTest.MainClasses.class)
final class HtmlArchitectureTest {
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
    static final ArchRule theParserPrintsNothing = noClasses()
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "prints by the parser",
                    call -> call.getTargetOwner().getPackageName().startsWith("org.jsoup")
                            && call.getName().matches("html|outerHtml|toString|clean")))
            .because("only what is written element by element was decided on");

    @ArchTest
    static final ArchRule nothingIsReached = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "javax..",
                    "org.jsoup.helper..",
                    "org.jsoup.safety..")
            .because("text goes in and text comes out");

    private static ArchCondition<JavaMethod> showNoLibrary() {
        return new ArchCondition<>("show no type of a library") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                method.getAllInvolvedRawTypes()
                        .forEach(type -> events.add(new SimpleConditionEvent(
                                method,
                                !type.getPackageName().startsWith("org.jsoup"),
                                method.getFullName() + " shows " + type.getName())));
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
