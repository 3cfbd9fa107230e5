package io.viewal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlainTextTest {

    @Test
    void readsUtf8AndWhatAByteOrderMarkSays() {
        for (Charset charset :
                new Charset[] {StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            assertThat(PlainText.of("list.csv", "\uFEFFa;m\u00fcll\n".getBytes(charset)))
                    .isEqualTo("a;m\u00fcll\n");
        }
        assertThat(PlainText.of("list.csv", new byte[0])).isEmpty();
    }

    @Test
    void namesTheLineOfAnotherEncoding() {
        byte[] text = "scene\nm\u00fcll\nroom\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> PlainText.of("list.csv", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("list.csv, line 2", "UTF-8");
    }
}
