package dev.steadymail.benchmarks.store;

import java.nio.file.Path;
import java.sql.SQLException;

/** Where the state is. */
enum Contestant {
    FILES {
        @Override
        MirrorStore open(Path folder) {
            return new StateOnFiles(folder);
        }
    },
    SQLITE {
        @Override
        MirrorStore open(Path folder) throws SQLException {
            return new StateInSqlite(folder);
        }
    };

    /** Opens the state in a folder that exists. */
    abstract MirrorStore open(Path folder) throws SQLException;
}
