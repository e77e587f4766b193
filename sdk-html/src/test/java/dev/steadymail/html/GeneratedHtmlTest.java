package dev.steadymail.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.html.HtmlSanitizer.Outcome;
import dev.steadymail.html.SanitizedHtml.Finding;
import java.io.IOException;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** Laws that hold for every text. A failure prints the seed; {@code -Dsteadymail.seed} plays it again. */
class GeneratedHtmlTest {
    private static final long SEED = Long.getLong("steadymail.seed", System.nanoTime() & 0xffff_ffffL);
    private static final int RUNS = Integer.getInteger("steadymail.runs", 20_000);

    private final HtmlSanitizer sanitizer = HtmlSanitizer.create();

    @Test
    void generated_isSafe_andTheSameAgain() {
        int textOnly = play(GeneratedHtml::from);
        assertTrue(textOnly * 1000 <= RUNS, textOnly + " of " + RUNS + " left as text only, from seed " + SEED);
    }

    @Test
    void damagedVectors_areSafe_andTheSameAgain() throws IOException {
        List<Corpus.Text> vectors = Corpus.vectors();
        int textOnly = play(seed -> GeneratedHtml.from(
                vectors.get((int) Math.floorMod(seed, (long) vectors.size())).html(), seed));
        assertTrue(textOnly * 1000 <= RUNS, textOnly + " of " + RUNS + " left as text only, from seed " + SEED);
    }

    /** Returns how many kept no elements because none of their forms was stable. */
    private int play(LongFunction<String> texts) {
        int textOnly = 0;
        for (long seed = SEED; seed < SEED + RUNS; seed++) {
            String html = texts.apply(seed);
            String again = "-Dsteadymail.seed=" + seed + " -Dsteadymail.runs=1: " + html;
            Outcome once = sanitizer.sanitized(html);
            assertEquals("", StrictGrammar.problem(once.html()).orElse(""), again);
            assertEquals(once.html(), sanitizer.sanitize(once.html()).html(), again);
            textOnly += once.findings().contains(Finding.TEXT_ONLY) ? 1 : 0;
        }
        return textOnly;
    }
}
