package dev.steadymail.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.html.SanitizedHtml.Finding;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** Everything in the corpus, hostile or not: safe, complete as far as it is text, the same when sanitized again. */
class CorpusTest {
    private final HtmlSanitizer sanitizer = HtmlSanitizer.create();

    @Test
    void vectors_areSafe_andTheSameAgain() throws IOException {
        List<Corpus.Text> vectors = Corpus.vectors();
        assertTrue(vectors.size() > 6500, vectors.size() + " vectors");
        assertEquals(List.of(), problems(vectors));
    }

    @Test
    void bodies_areSafe_andTheSameAgain() throws IOException, MessagingException {
        List<Corpus.Text> bodies = Corpus.bodies();
        assertTrue(bodies.size() > 150, bodies.size() + " bodies");
        assertEquals(List.of(), problems(bodies));
    }

    @Test
    void bodies_keepTheirText() throws IOException, MessagingException {
        List<String> lost = new ArrayList<>();
        for (Corpus.Text body : Corpus.bodies()) {
            String before = visible(body.html());
            String after = visible(sanitizer.sanitize(body.html()).html());
            if (!before.equals(after)) {
                lost.add(body.source() + ": " + before.length() + " characters before, " + after.length() + " after");
            }
        }
        assertEquals(List.of(), lost);
    }

    private List<String> problems(List<Corpus.Text> texts) {
        List<String> problems = new ArrayList<>();
        for (Corpus.Text text : texts) {
            SanitizedHtml once = sanitizer.sanitize(text.html());
            StrictGrammar.problem(once.html()).ifPresent(problem -> problems.add(text.source() + ": " + problem));
            assertFalse(once.findings().contains(Finding.TEXT_ONLY), text.source());
            if (!sanitizer.sanitize(once.html()).html().equals(once.html())) {
                problems.add(text.source() + ": not the same again");
            }
        }
        return problems;
    }

    /** Letters and digits a reader sees: what scripts, styles, titles and controls hold is not among them. */
    private static String visible(String html) {
        Document document = Jsoup.parse(html);
        document.select("script, style, title, textarea, select, svg, math, template, noembed, iframe")
                .remove();
        return document.text().replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
