package dev.steadymail.gmail.json;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads one kind of answer.
 *
 * @param <T> what it holds
 */
@FunctionalInterface
public interface AnswerReader<T> {
    /**
     * Reads the whole answer; closes nothing.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException where it is cut or not the JSON expected
     * @throws BadContentException where it is complete and holds what cannot be
     */
    T read(InputStream content) throws IOException;
}
