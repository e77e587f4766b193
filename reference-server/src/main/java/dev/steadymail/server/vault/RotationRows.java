package dev.steadymail.server.vault;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Runs of the rotation and how far each organisation is. Only the last run is kept. Thread-safe. */
@Component
class RotationRows {
    private static final String BEGIN = """
            insert into rotation_run (touched_at) values (now())
            on conflict ((true)) where finished_at is null do update set touched_at = now()
            """;
    private static final String ADD_ORGANISATIONS = """
            insert into rotation_progress (run_id, organisation_id) select ?, id from organisation on conflict do nothing
            """;
    private static final String RESEALED = """
            update rotation_progress set resealed = resealed + ?, values_left = greatest(values_left - ?, 0)
            where run_id = ? and organisation_id = ?
            """;
    private static final String DONE = """
            update rotation_progress
            set values_left = 0, unreadable = ?, keys_rewrapped = keys_rewrapped + ?, keys_destroyed = keys_destroyed + ?,
                keys_left = ?, finished_at = now()
            where run_id = ? and organisation_id = ?
            """;
    private static final String FINISH = """
            update rotation_run set finished_at = now() where id = ? and finished_at is null
              and not exists (select from rotation_progress where run_id = rotation_run.id and finished_at is null)
            """;
    private static final String STATUS = """
            select r.started_at, r.finished_at, coalesce(r.touched_at > now() - interval '1 minute', false) as touched,
                   count(p.run_id) as organisations,
                   count(p.run_id) filter (where p.finished_at is null) as organisations_left,
                   coalesce(sum(p.resealed), 0) as resealed, coalesce(sum(p.values_left), 0) as values_left,
                   coalesce(sum(p.unreadable), 0) as unreadable, coalesce(sum(p.keys_rewrapped), 0) as keys_rewrapped,
                   coalesce(sum(p.keys_destroyed), 0) as keys_destroyed, coalesce(sum(p.keys_left), 0) as keys_left
            from rotation_run r left join rotation_progress p on p.run_id = r.id
            group by r.id order by r.id desc limit 1
            """;

    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;

    RotationRows(JdbcTemplate jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Begins a run, unless one has not finished, which then goes on. */
    void begin() {
        transactions.executeWithoutResult(status -> {
            jdbc.update(BEGIN);
            jdbc.update("delete from rotation_run where finished_at is not null");
        });
    }

    Optional<Run> unfinished() {
        return jdbc
                .query(
                        "select id, started_at from rotation_run where finished_at is null",
                        (row, n) -> new Run(row.getLong(1), Objects.requireNonNull(instant(row, "started_at"))))
                .stream()
                .findFirst();
    }

    void addOrganisations(Run run) {
        jdbc.update(ADD_ORGANISATIONS, run.id());
    }

    /** Returns the organisations whose values were not counted yet. */
    List<UUID> uncounted(Run run) {
        return organisations("not counted", run);
    }

    /** Returns the organisations that are not done. */
    List<UUID> left(Run run) {
        return organisations("finished_at is null", run);
    }

    void counted(Run run, UUID organisation, long values) {
        jdbc.update(
                "update rotation_progress set counted = true, values_left = ? where run_id = ? and organisation_id = ?",
                values,
                run.id(),
                organisation);
    }

    void resealed(Run run, UUID organisation, long values) {
        jdbc.update(RESEALED, values, values, run.id(), organisation);
    }

    void done(Run run, UUID organisation, OrganisationRotation.Outcome outcome) {
        jdbc.update(
                DONE,
                outcome.unreadable(),
                outcome.rewrapped(),
                outcome.destroyed(),
                outcome.keysLeft(),
                run.id(),
                organisation);
    }

    /** Notes that a run goes on. */
    void touch(Run run) {
        jdbc.update("update rotation_run set touched_at = now() where id = ?", run.id());
    }

    /** Notes that a run does not go on by itself. */
    void stopped(Run run) {
        jdbc.update("update rotation_run set touched_at = null where id = ?", run.id());
    }

    /** Ends a run, unless there are organisations left. */
    void finish(Run run) {
        jdbc.update(FINISH, run.id());
    }

    RotationStatus status() {
        return jdbc.query(STATUS, (row, n) -> status(row)).stream().findFirst().orElse(RotationStatus.NONE);
    }

    private List<UUID> organisations(String condition, Run run) {
        return jdbc.queryForList(
                "select organisation_id from rotation_progress where run_id = ? and " + condition
                        + " order by organisation_id",
                UUID.class,
                run.id());
    }

    private static RotationStatus status(ResultSet row) throws SQLException {
        Instant finished = instant(row, "finished_at");
        return new RotationStatus(
                RotationStatus.State.of(finished != null, row.getBoolean("touched")),
                instant(row, "started_at"),
                finished,
                row.getLong("organisations"),
                row.getLong("organisations_left"),
                row.getLong("resealed"),
                row.getLong("values_left"),
                row.getLong("unreadable"),
                row.getLong("keys_rewrapped"),
                row.getLong("keys_destroyed"),
                row.getLong("keys_left"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** One rotation of all keys; data keys that are older than it are replaced. */
    record Run(long id, Instant startedAt) {}
}
