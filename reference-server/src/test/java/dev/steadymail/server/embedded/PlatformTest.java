package dev.steadymail.server.embedded;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.folder.StartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlatformTest {
    @ParameterizedTest
    @CsvSource({"Mac OS X,aarch64,false,false", "Linux,riscv64,false,false", "Linux,amd64,true,false"})
    void check_unfitMachine_namesTheWayOut(String system, String architecture, boolean root, boolean namespaces) {
        Platform platform = new Platform(system, architecture, root, namespaces);
        StartException refusal = assertThrows(StartException.class, platform::check);
        assertEquals(2, refusal.exitCode());
        assertTrue(String.valueOf(refusal.getMessage()).contains("DATABASE_URL"), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"amd64,false,false", "aarch64,false,false", "amd64,true,true"})
    void check_fitMachine_passes(String architecture, boolean root, boolean namespaces) {
        assertDoesNotThrow(() -> new Platform("Linux", architecture, root, namespaces).check());
    }

    @Test
    void current_knowsRoot() {
        Platform here = Platform.current();
        assertEquals("root".equals(System.getProperty("user.name")), here.root());
    }
}
