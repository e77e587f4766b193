package dev.steadymail.server.web;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

final class ApiProblemsTest {
    static Stream<RuntimeException> outages() {
        SQLException away = new SQLTransientConnectionException("HUSH");
        return Stream.of(
                new CannotGetJdbcConnectionException("HUSH", away),
                new CannotCreateTransactionException("HUSH", away),
                new DataAccessResourceFailureException("HUSH", away),
                new QueryTimeoutException("HUSH", away),
                // As PostgreSQL ends connections when it is stopped.
                new SQLExceptionSubclassTranslator().translate("read", null, new SQLException("HUSH", "57P01")));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void databaseOutage_isUnavailable_notAFault(RuntimeException outage) throws Exception {
        asking(outage)
                .perform(get("/"))
                .andExpect(status().isServiceUnavailable())
                .andExpect(header().string("Retry-After", "5"))
                .andExpect(content().contentType("application/problem+json"))
                .andExpect(jsonPath("$.detail")
                        .value("the database does not answer; try again in a few seconds, /health/ready says when it is"
                                + " back"));
    }

    @Test
    void otherTroubleWithTheDatabase_isAFault() throws Exception {
        asking(new DuplicateKeyException("HUSH")).perform(get("/")).andExpect(status().isInternalServerError());
    }

    private static MockMvc asking(RuntimeException failure) {
        return MockMvcBuilders.standaloneSetup(new Failing(failure))
                .setControllerAdvice(new ApiProblems(InstantSource.system()))
                .build();
    }

    @RestController
    static final class Failing {
        private final RuntimeException failure;

        Failing(RuntimeException failure) {
            this.failure = failure;
        }

        @GetMapping("/")
        public String fail() {
            throw failure;
        }
    }
}
