package dev.steadymail.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Another virtual machine that ends as the server does, with a part that tells when it is closed. */
final class EndingProcess {
    private EndingProcess() {}

    /** What ends it. */
    enum Way {
        FULL_HEAP,
        ERROR_AND_PARTS_THAT_HANG
    }

    public static void main(String[] args) throws InterruptedException {
        Console console = new Console(System.out, System.err, false);
        ServerEnd end = ServerEnd.ofThisProcess(console);
        CountDownLatch never = new CountDownLatch(1);
        Thread worker =
                switch (Way.valueOf(args[0])) {
                    case FULL_HEAP -> {
                        end.keep(ServerEnd.Part.SERVER, () -> console.line("closed"));
                        yield new Thread(EndingProcess::fillTheHeap);
                    }
                    case ERROR_AND_PARTS_THAT_HANG -> {
                        for (ServerEnd.Part part : ServerEnd.Part.values()) {
                            end.keep(part, never::await);
                        }
                        yield new Thread(() -> {
                            throw new LinkageError();
                        });
                    }
                };
        worker.start();
        never.await();
    }

    private static void fillTheHeap() {
        Object[] kept = {};
        while (true) {
            kept = new Object[] {kept, new byte[1 << 20]};
        }
    }

    /** Runs it to its end. */
    static Ended run(Way way) throws IOException, InterruptedException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        Process machine = new ProcessBuilder(
                        java,
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndingProcess.class.getName(),
                        way.name())
                .redirectErrorStream(true)
                .start();
        String told = new String(machine.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(machine.waitFor(), told);
    }

    record Ended(int code, String told) {}
}
