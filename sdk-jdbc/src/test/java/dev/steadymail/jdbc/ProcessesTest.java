package dev.steadymail.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that share an outbox: one schema, and of two who replace an entry, one does. */
final class ProcessesTest {
    private static final int PROCESSES = 2;
    private static final int SECONDS = 120;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Product.class)
    void everyVersion_isMadeByOneProcess(Product product) throws Exception {
        DataSource database = product.database();
        List<Process> rivals = new ArrayList<>();
        List<Path> outputs = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                outputs.add(folder.resolve("rival" + i));
                rivals.add(RivalProcess.start(database, outputs.get(i)));
            }
            int won = RivalProcess.race(JdbcStores.open(database));
            for (int i = 0; i < PROCESSES; i++) {
                assertTrue(rivals.get(i).waitFor(SECONDS, TimeUnit.SECONDS), "a process does not end");
                assertEquals(0, rivals.get(i).exitValue(), Files.readString(Path.of(outputs.get(i) + ".err")));
                won += Integer.parseInt(Files.readString(outputs.get(i)).strip());
            }
            assertEquals(RivalProcess.LAST_VERSION - 1, won);
        } finally {
            rivals.forEach(Process::destroyForcibly);
        }
    }
}
