package io.viewal.worker.labeling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HotkeysTest {

    @Test
    void aClassHasALetterOfItsNameWhereOneIsFree() {
        assertThat(Hotkeys.of(List.of("bed", "books", "Wall", "bob"))).containsExactly("b", "o", "w", "a");
    }

    @Test
    void noTwoClassesHaveTheSameKeyAndTheLastOfManyHaveNone() {
        List<String> keys =
                Hotkeys.of(IntStream.range(0, 40).mapToObj(i -> "class " + i).toList());
        assertThat(keys.subList(0, 35)).doesNotHaveDuplicates().doesNotContain("");
        assertThat(keys.subList(35, 40)).containsOnly("");
    }
}
