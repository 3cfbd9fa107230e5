package io.viewal.worker.dataset.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelativePathTest {

    @ParameterizedTest
    @CsvSource({"images/a.png,images/a.png", "./images//a.png,images/a.png", "a.b/./c,a.b/c", "..a/b..,..a/b.."})
    void keepsPathsInsideTheFolder(String path, String normal) {
        assertThat(RelativePath.normalize(path)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "/etc/passwd", "../a", "a/../../b", "a/..", "C:/a", "a\\b", "a\u0000b"})
    void refusesPathsThatMayLeaveIt(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> RelativePath.normalize(path));
    }

    @Test
    void stemDropsTheLastExtensionAlone() {
        assertThat(RelativePath.stem("rgb/1305031102.175304.png")).isEqualTo("1305031102.175304");
        assertThat(RelativePath.stem("frame_00001")).isEqualTo("frame_00001");
        assertThat(RelativePath.stem(".hidden")).isEqualTo(".hidden");
    }
}
