package dev.steadymail.testkit.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModifiedUtf7Test {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INBOX|INBOX",
                "~peter/mail/台北/日本語|~peter/mail/&U,BTFw-/&ZeVnLIqe-",
                "Hello & more|Hello &- more",
                "ä&ö|&AOQ-&-&APY-",
                "😀|&2D3eAA-"
            })
    void encode_andBack(String name, String encoded) {
        assertEquals(encoded, ModifiedUtf7.encode(name));
        assertEquals(name, ModifiedUtf7.decode(encoded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a&b", "&AGE-", "&AOQ", "&AOQ=-", "&AOQ-&APY-", "ä", "&A-", "&-x&"})
    void decode_ofAnythingElse_isRefused(String encoded) {
        assertThrows(IllegalArgumentException.class, () -> ModifiedUtf7.decode(encoded));
    }

    @Test
    void numberSet_compactsRuns() {
        assertEquals("1:3,5,9:10", NumberSet.compact(List.of(1L, 2L, 3L, 5L, 9L, 10L)));
    }
}
