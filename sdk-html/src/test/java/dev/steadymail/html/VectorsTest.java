package dev.steadymail.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each pair of {@code vectors.txt}, under the rules as they are at first. */
class VectorsTest {
    private final HtmlSanitizer sanitizer = HtmlSanitizer.create();

    @ParameterizedTest
    @MethodSource("vectors")
    void goesOutAsWritten(Vector vector) {
        String html = sanitizer.sanitize(vector.in()).html();
        assertEquals(vector.out(), html);
        assertEquals("", StrictGrammar.problem(html).orElse(""));
        assertEquals(html, sanitizer.sanitize(html).html(), "sanitized again");
    }

    @Test
    void goesOutTheSame_fromManyThreads() throws IOException {
        List<Vector> all = vectors().toList();
        List<Vector> many =
                Stream.generate(() -> all).limit(50).flatMap(List::stream).toList();
        List<String> out = many.parallelStream()
                .map(vector -> sanitizer.sanitize(vector.in()).html())
                .toList();
        assertEquals(many.stream().map(Vector::out).toList(), out);
    }

    static Stream<Vector> vectors() throws IOException {
        List<Vector> vectors = new ArrayList<>();
        String in = "";
        for (String line : text().split("\n")) {
            if (line.startsWith("<< ")) {
                in = line.substring(3);
            } else if (line.startsWith(">> ")) {
                vectors.add(new Vector(read(in), read(line.substring(3))));
            }
        }
        return vectors.stream();
    }

    private static String read(String written) {
        return written.replace("\\n", "\n");
    }

    private static String text() throws IOException {
        try (InputStream in = VectorsTest.class.getResourceAsStream("vectors.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    record Vector(String in, String out) {}
}
