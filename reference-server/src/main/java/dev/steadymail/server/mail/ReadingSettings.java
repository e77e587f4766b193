package dev.steadymail.server.mail;

import dev.steadymail.server.folder.StartException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much of mail is handed out, {@code steadymail.reading.*}.
 *
 * @param largestDownload the most octets of one attachment or raw email, as its provider counts them; 1 KB to 1 GB, 64 MB by default
 */
@ConfigurationProperties("steadymail.reading")
record ReadingSettings(@DefaultValue("64MB") DataSize largestDownload) {
    private static final DataSize LEAST = DataSize.ofKilobytes(1);
    private static final DataSize MOST = DataSize.ofGigabytes(1);

    ReadingSettings {
        if (largestDownload.compareTo(LEAST) < 0 || largestDownload.compareTo(MOST) > 0) {
            throw StartException.usage("steadymail.reading.largest-download must be between 1KB and 1GB, was "
                    + largestDownload + "; correct it, or unset it for 64MB");
        }
    }
}
