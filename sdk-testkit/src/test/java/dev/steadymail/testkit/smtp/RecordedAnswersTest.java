package dev.steadymail.testkit.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What other servers said can be said again, octet by octet, at any stage. */
@EnabledIfEnvironmentVariable(named = "STEADYMAIL_SHARED", matches = ".+")
class RecordedAnswersTest {

    @Test
    void recordedAnswers_areReplayedExactly() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of(System.getenv("STEADYMAIL_SHARED"), "corpus", "smtp-responses"))) {
            files = all.filter(each -> each.toString().endsWith(".txt")).toList();
        }
        assertTrue(files.size() >= 30, () -> "only " + files.size());
        for (Path file : files) {
            String recorded = Files.readString(file, StandardCharsets.ISO_8859_1);
            SmtpDialogue dialogue = SmtpDialogue.greeted();
            dialogue.fault(SmtpFault.at(SmtpStage.EHLO, new SmtpTrouble.Garbage(recorded)), SmtpTimes.once());
            assertEquals(recorded, dialogue.send("EHLO c\r\n").answers(), file::toString);
        }
    }
}
