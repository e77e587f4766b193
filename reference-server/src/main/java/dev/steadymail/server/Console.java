package dev.steadymail.server;

import dev.steadymail.server.folder.StartException;
import dev.steadymail.server.web.FaultTrace;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** What the process says to its user: one line of JSON on standard output, everything else on standard error. */
record Console(PrintStream out, PrintStream err, boolean isDebugging) {
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}+");

    /** Shows one line, whatever the text holds. */
    void line(String text) {
        err.println("steadymail: " + UNPRINTABLE.matcher(text).replaceAll(" "));
    }

    /** Shows all of a failure to who looks for its cause; what it says may hold anything. */
    void trace(Throwable failure) {
        if (isDebugging) {
            failure.printStackTrace(err);
        }
    }

    /** Tells programs where the server is. */
    void ready(String url, Path tokenFile) {
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("url", url);
        answer.put("tokenFile", tokenFile.toString());
        out.println(JsonMapper.shared().writeValueAsString(answer));
    }

    /** Shows why the server did not start, and returns the exit code. */
    int failure(Exception failure) {
        StartException refusal = explained(failure);
        String.valueOf(refusal.getMessage()).lines().forEach(this::line);
        trace(failure);
        return refusal.exitCode();
    }

    private static StartException explained(Exception failure) {
        Throwable root = failure;
        while (!(root instanceof StartException) && root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        if (root instanceof StartException refusal) {
            return refusal;
        }
        Optional<StartException> setting = SettingErrors.explain(failure);
        if (setting.isPresent()) {
            return setting.get();
        }
        if (root instanceof BindException) {
            return StartException.usage("the port was taken meanwhile; choose another with --port");
        }
        // Not its message: those of drivers and parsers repeat what they were given, passwords as well.
        return StartException.internal("cannot start: " + FaultTrace.of(root), failure);
    }
}
