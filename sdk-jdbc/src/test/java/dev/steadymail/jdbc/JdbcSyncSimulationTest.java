package dev.steadymail.jdbc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.testkit.sync.InMemoryMailbox;
import dev.steadymail.testkit.sync.SyncSimulation;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A store in a database follows a mailbox, and loses its connection after any statement. {@code -Dsteadymail.runs} plays more worlds,
 * {@code -Dsteadymail.seed} one.
 */
@Timeout(7_200)
final class JdbcSyncSimulationTest {
    private static final int SEEDS = 8;

    @ParameterizedTest
    @EnumSource(Product.class)
    void store_equalsMailbox(Product product) {
        DataSource database = product.database();
        try (HikariDataSource pool = Product.pool(database)) {
            Map<String, Long> happened = SyncSimulation.of(
                            simulation -> InMemoryMailbox.folders(), simulation -> new SyncFixture(database, pool))
                    .explore(SEEDS);
            System.out.println("sync simulation, " + product + ": " + happened);
            if (Long.getLong("steadymail.seed") == null) {
                assertTrue(happened.get("crash.while.applying") > 0, happened::toString);
            }
        }
    }
}
