package dev.steadymail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ModuleTest {
    /** Shared by our own stores on disk, and no promise to anybody. */
    private static final String INTERNAL = "dev.steadymail.disk";

    /** A user on the module path cannot reach a package that module-info.java forgets. */
    @Test
    void exports_areThePackagesWithPublicTypes() throws URISyntaxException {
        Path classes = Path.of(MailRuntime.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertEquals(packagesWithPublicTypes(classes), exportedBy(classes));
    }

    private static Set<String> packagesWithPublicTypes(Path classes) {
        return new ClassFileImporter()
                .importPath(classes).stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.equals(INTERNAL))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> exportedBy(Path classes) {
        ModuleDescriptor module = ModuleFinder.of(classes)
                .find("dev.steadymail.core")
                .orElseThrow()
                .descriptor();
        return module.exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
