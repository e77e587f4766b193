package dev.steadymail.jdbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.Connection;
import javax.sql.DataSource;

/** What holds in this module, each rule with its reason. */
@AnalyzeClasses(packages = "dev.steadymail.jdbc", importOptions = JdbcArchitectureTest.MainClasses.class)
final class JdbcArchitectureTest {
    @ArchTest
    static final ArchRule noDriverAndNoPool = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.sql..",
                    "org.jspecify.annotations..",
                    "dev.steadymail.jdbc..",
                    "dev.steadymail.mail..",
                    "dev.steadymail.provider..",
                    "dev.steadymail.send..",
                    "dev.steadymail.sync..")
            .because("users bring their driver and their pool, and a store needs the model and its contract only");

    @ArchTest
    static final ArchRule connectionsAreBorrowedInOnePlace = noClasses()
            .that()
            .doNotHaveSimpleName("Database")
            .should()
            .callMethod(DataSource.class, "getConnection")
            .because("there each is closed, and given back as it was");

    @ArchTest
    static final ArchRule statementsAreMadeInOnePlace = noClasses()
            .that()
            .doNotHaveSimpleName("Session")
            .should()
            .callMethod(Connection.class, "prepareStatement", String.class)
            .orShould()
            .callMethod(Connection.class, "createStatement")
            .because("there each gets its time limit");

    /** ArchUnit's own option knows only {@code target/test-classes}, and a second JDK builds in another folder. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }
}
