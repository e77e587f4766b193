package dev.steadymail.server.embedded;

import dev.steadymail.server.folder.DataFolder;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another virtual machine that starts the services and is then killed, so that nothing stops them. */
final class KilledServer {
    private static final String READY = "ready";

    private KilledServer() {}

    public static void main(String[] args) throws InterruptedException {
        EmbeddedServices.start(DataFolder.open(Path.of(args[0])));
        System.out.println(READY);
        Thread.sleep(60_000); // killed long before
    }

    /** Returns when the other machine is dead and its services are orphans. */
    static void leaveOrphans(Path folder) throws IOException, InterruptedException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        Process machine = new ProcessBuilder(
                        java,
                        "-Xmx128m",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledServer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(machine.getInputStream(), StandardCharsets.UTF_8))) {
            if (lines.lines().noneMatch(READY::equals)) {
                throw new IOException("the other machine ended with " + machine.waitFor());
            }
        } finally {
            machine.destroyForcibly().waitFor();
        }
    }
}
