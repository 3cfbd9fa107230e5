package io.viewal.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StampedVersionTest {

    @Test
    void isTheProjectsVersion() throws Exception {
        assertThat(new StampedVersion().getVersion())
                .singleElement()
                .asString()
                .matches("viewal \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }
}
