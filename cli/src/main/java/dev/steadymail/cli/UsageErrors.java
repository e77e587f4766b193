package dev.steadymail.cli;

import dev.steadymail.cli.outcome.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains wrong arguments without repeating their values: people type secrets where they do not belong. */
final class UsageErrors implements IParameterExceptionHandler {
    private final Failures failures;

    UsageErrors(Failures failures) {
        this.failures = failures;
    }

    @Override
    public int handleParseException(ParameterException error, String[] args) {
        CommandLine command = error.getCommandLine();
        failures.line(explain(error) + "; see: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.number();
    }

    private static String explain(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (error instanceof MissingParameterException || error instanceof OverwrittenOptionException) {
            return lowerFirst(String.valueOf(error.getMessage()));
        }
        return "an argument cannot be understood";
    }

    private static String unmatched(UnmatchedArgumentException error) {
        String first = error.getUnmatched().get(0);
        if (first.startsWith("-")) {
            return "unknown option " + first.replaceFirst("(?s)[^A-Za-z0-9-].*", "");
        }
        boolean hasSubcommands = !error.getCommandLine().getSubcommands().isEmpty();
        return hasSubcommands
                ? "unknown command; known: "
                        + String.join(
                                " ", error.getCommandLine().getSubcommands().keySet())
                : "too many arguments";
    }

    private static String lowerFirst(String message) {
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
