package dev.steadymail.server;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains wrong arguments without repeating their values: people type secrets where they do not belong. */
final class UsageErrors implements IParameterExceptionHandler {
    private final Console console;

    UsageErrors(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException error, String[] args) {
        console.line(explain(error) + "; see: "
                + error.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static String explain(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            return first.startsWith("-")
                    ? "unknown option " + first.replaceFirst("(?s)[^A-Za-z0-9-].*", "")
                    : "an argument too many";
        }
        if (error instanceof MissingParameterException || error instanceof OverwrittenOptionException) {
            return String.valueOf(error.getMessage());
        }
        return error.getArgSpec() == null
                ? "an argument cannot be understood"
                : "cannot understand the value of " + error.getArgSpec().paramLabel();
    }
}
