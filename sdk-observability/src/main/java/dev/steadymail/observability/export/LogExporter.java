package dev.steadymail.observability.export;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each batch as one line of JSON at INFO, for those who collect logs anyway. Thread-safe. */
public final class LogExporter implements EventExporter {
    /** The logger, unless another is named. */
    public static final String LOGGER = "dev.steadymail.events";

    private final Logger logger;

    private LogExporter(Logger logger) {
        this.logger = logger;
    }

    /** Returns an exporter that writes to the logger {@value #LOGGER}. */
    public static LogExporter create() {
        return new LogExporter(LoggerFactory.getLogger(LOGGER));
    }

    /** Returns an exporter that writes to a logger of one's own. */
    public static LogExporter to(Logger logger) {
        return new LogExporter(logger);
    }

    @Override
    public ExportResult export(EventBatch batch, ExportCall call) {
        if (logger.isInfoEnabled()) {
            logger.info("{}", batch.json());
        }
        return ExportResult.taken();
    }
}
