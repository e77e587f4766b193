package dev.steadymail;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** What holds in this module, each rule with its reason. The command line checks rules that span modules. */
@AnalyzeClasses(packages = "dev.steadymail", importOptions = CoreArchitectureTest.MainClasses.class)
final class CoreArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().assignedFrom(packages())
            .should()
            .beFreeOfCycles()
            .because("a package in a cycle can only be understood together with all the others in it");

    @ArchTest
    static final ArchRule nothingImportsTheFace = noClasses()
            .that()
            .resideInAPackage("dev.steadymail.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.steadymail")
            .because("the root package wires the others and may change without touching them");

    @ArchTest
    static final ArchRule mailIsALeaf = classes()
            .that()
            .resideInAPackage("dev.steadymail.mail..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.steadymail.mail..", "java..", "org.jspecify.annotations")
            .because("the model is what every other package speaks, so it can stand on none of them");

    @ArchTest
    static final ArchRule signaturesAreOurs = classes()
            .should(new ShowOnlyOwnTypes())
            .because("a library in a signature binds every user to our version of it");

    private static SliceAssignment packages() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages";
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
