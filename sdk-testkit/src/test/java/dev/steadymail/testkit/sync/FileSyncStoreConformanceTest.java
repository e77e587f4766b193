package dev.steadymail.testkit.sync;

import dev.steadymail.testkit.conformance.SyncStoreConformance;
import dev.steadymail.testkit.conformance.SyncStoreFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileSyncStoreConformanceTest extends SyncStoreConformance {
    @TempDir
    private Path folder;

    private int lastMedium;

    @Override
    protected SyncStoreFixture newFixture() {
        return new FileStoreFixture(folder.resolve("medium" + ++lastMedium));
    }
}
