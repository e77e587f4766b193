package dev.steadymail.cli.doctor;

import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.cli.terminal.JsonLine;
import dev.steadymail.guard.Explanation;
import dev.steadymail.mail.MailException.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an examination came to.
 *
 * @param findings one for each check, in order
 * @param explanation why the account is as fast as it is, or null where nothing was asked of it
 * @param exit how the command ends
 * @param kind what failed, or null where nothing did or no kind fits
 */
public record Diagnosis(
        List<Finding> findings,
        @Nullable Explanation explanation,
        ExitCode exit,
        @Nullable Kind kind) {
    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /** Returns the report: one line of JSON, without a line feed. */
    public String toJson() {
        JsonLine json = new JsonLine()
                .put("exit", exit.number())
                .put("kind", kind == null ? null : kind.name())
                .putAll("checks", findings.stream().map(Finding::json).toList());
        if (explanation != null) {
            json.put("explanation", ExplanationJson.of(explanation));
        }
        return json.toString();
    }
}
