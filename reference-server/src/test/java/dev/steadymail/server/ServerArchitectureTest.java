package dev.steadymail.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Which part of the server may know which. */
@AnalyzeClasses(packages = "dev.steadymail.server", importOptions = ServerArchitectureTest.MainClasses.class)
final class ServerArchitectureTest {
    private static final String HOME = "dev.steadymail.server.";

    @ArchTest
    static final ArchRule partsHaveNoCycles = slices().matching("dev.steadymail.server.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a part in a cycle can only be understood together with all the others in it");

    @ArchTest
    static final ArchRule nobodyKnowsTheWiring = noClasses()
            .that()
            .resideInAPackage(HOME + "*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.steadymail.server")
            .because("the root package puts the parts together; a part that knows it cannot be used or tested alone");

    @ArchTest
    static final ArchRule leavesKnowOnlyTheFolder = noClasses()
            .that()
            .resideInAnyPackage(HOME + "embedded..", HOME + "demo..", HOME + "folder..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    HOME + "accounts..", HOME + "mail..", HOME + "sync..", HOME + "health..", HOME + "web..")
            .because("embedded services and the demo's mailbox are started around the service, not by it");

    @ArchTest
    static final ArchRule servicesAreNotEmbeddedKnowing = noClasses()
            .that()
            .resideInAnyPackage(
                    HOME + "accounts..", HOME + "mail..", HOME + "sync..", HOME + "health..", HOME + "web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HOME + "embedded..", HOME + "demo..", "io.zonky..", "redis.embedded..")
            .because("the service runs the same on a database of one's own");

    @ArchTest
    static final ArchRule webKnowsNoFeature = noClasses()
            .that()
            .resideInAPackage(HOME + "web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HOME + "accounts..", HOME + "mail..", HOME + "sync..", HOME + "health..")
            .because("it is what all answers have in common");

    @ArchTest
    static final ArchRule fieldsAreNotInjected = classes()
            .should(new ArchCondition<>("take what they need in the constructor") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    type.getFields().stream()
                            .filter(field ->
                                    field.isAnnotatedWith("org.springframework.beans.factory.annotation.Autowired"))
                            .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                            .forEach(field -> events.add(
                                    SimpleConditionEvent.violated(field, field.getFullName() + " is injected")));
                }
            })
            .because("an object that exists is complete");

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes()
            .should(new ArchCondition<>("be in a package whose package-info.java has @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                    }
                }
            })
            .because("NullAway passes over a package that is not marked");

    @ArchTest
    static final ArchRule namesSayWhatThingsDo = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Processor|Impl|Utils?)(\\$.*)?")
            .because("such a name says that code lives here, not what it does");

    /** ArchUnit's own option knows only {@code target/test-classes}, and a second JDK builds in another folder. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }
}
