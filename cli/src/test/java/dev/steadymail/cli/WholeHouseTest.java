package dev.steadymail.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.jspecify.annotations.NullMarked;

/** What holds across all modules; this is the one place that has every module on its class path. */
@AnalyzeClasses(packages = "dev.steadymail", importOptions = WholeHouseTest.MainClasses.class)
final class WholeHouseTest {
    private static final String SMTP = "dev.steadymail.smtp..";
    private static final String[] PROVIDERS = {"dev.steadymail.imap..", "dev.steadymail.gmail..", SMTP};
    private static final String OAUTH = "dev.steadymail.oauth..";
    private static final String ACCOUNTS = "dev.steadymail.accounts..";
    private static final String CLI = "dev.steadymail.cli..";
    private static final String TESTKIT = "dev.steadymail.testkit..";

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().assignedFrom(packages())
            .should()
            .beFreeOfCycles()
            .because("a package in a cycle can only be understood together with all the others in it");

    @ArchTest
    static final ArchRule imapKnowsNothingOfGmail = noClasses()
            .that()
            .resideInAnyPackage(PROVIDERS[0], SMTP)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(PROVIDERS[1])
            .because("a user takes one provider without the other; what combines two lives in the core");

    @ArchTest
    static final ArchRule gmailKnowsNothingOfImap = noClasses()
            .that()
            .resideInAPackage(PROVIDERS[1])
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROVIDERS[0], SMTP)
            .because("a user takes one provider without the other; what combines two lives in the core");

    @ArchTest
    static final ArchRule providersKnowNoAccountUrls = noClasses()
            .that()
            .resideInAnyPackage(PROVIDERS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ACCOUNTS)
            .because("account URLs know every provider; one that knew them would bring all the others");

    @ArchTest
    static final ArchRule coreKnowsNoProvider = noClasses()
            .that()
            .resideOutsideOfPackages(PROVIDERS[0], PROVIDERS[1], SMTP, ACCOUNTS, CLI, TESTKIT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROVIDERS[0], PROVIDERS[1], SMTP, ACCOUNTS, CLI, TESTKIT)
            .because("arrows point from providers to the core; back again they would tie every user to every provider");

    @ArchTest
    static final ArchRule onlyWhatCombinesKnowsOAuth = noClasses()
            .that()
            .resideOutsideOfPackages(OAUTH, ACCOUNTS, CLI)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(OAUTH)
            .because(
                    "core and providers take tokens from anywhere; an HTTP client for logins is a choice of the user's");

    @ArchTest
    static final ArchRule libraryKnowsNoProgramAndNoTestkit = noClasses()
            .that()
            .resideInAnyPackage(PROVIDERS[0], PROVIDERS[1], SMTP, OAUTH, ACCOUNTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLI, TESTKIT)
            .because("the command line and the testkit are users of the library");

    @ArchTest
    static final ArchRule testkitKnowsNoProvider = noClasses()
            .that()
            .resideInAPackage(TESTKIT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROVIDERS[0], PROVIDERS[1], SMTP, ACCOUNTS, CLI)
            .because("a conformance kit that knows a provider could bend to it");

    @ArchTest
    static final ArchRule namesSayWhatThingsDo = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Processor|Impl|Utils?)(\\$.*)?")
            .because("such a name says that code lives here, not what it does");

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes()
            .should(beInANullMarkedPackage())
            .because("NullAway passes over a package that is not marked, and nobody would notice");

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

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package whose package-info.java has @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                JavaPackage home = type.getPackage();
                if (!type.getSimpleName().equals("module-info") && !home.isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(type, home.getName() + " is not @NullMarked"));
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
