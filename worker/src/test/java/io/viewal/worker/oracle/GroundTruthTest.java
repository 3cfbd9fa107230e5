package io.viewal.worker.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.viewal.contract.LabelParameters.Answer;
import io.viewal.worker.artifact.Effort;
import io.viewal.worker.artifact.LabelSet.FrameKey;
import io.viewal.worker.dataset.Region;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroundTruthTest {

    private static final Region REGION = new Region.Superpixel(0);

    private byte[] labels;

    /** The answer to all pixels of a drawing, in which each half of a row is a superpixel. */
    private Optional<Effort> ask(Answer answer, Region region, String... rows) {
        Drawing drawing = Drawing.of(rows);
        return ask(answer, region, drawing, drawing.all());
    }

    private Optional<Effort> ask(Answer answer, Region region, Drawing drawing, BitSet pixels) {
        int width = drawing.size().width();
        char[] superpixels = new char[drawing.size().pixels()];
        for (int pixel = 0; pixel < superpixels.length; pixel++) {
            superpixels[pixel] = (char) (2 * (pixel / width) + 2 * (pixel % width) / width);
        }
        labels = new byte[superpixels.length];
        Arrays.fill(labels, (byte) 255);
        return new GroundTruth(answer)
                .label(
                        new Oracle.View(new FrameKey("room", "0001"), drawing.labels(), superpixels, drawing.size()),
                        region,
                        pixels,
                        labels);
    }

    @Test
    void anExactAnswerIsTheGroundTruth() {
        assertThat(ask(Answer.Exact, REGION, "0011", "0011", "001."))
                .map(Effort::clicks)
                .hasValueSatisfying(clicks -> assertThat(clicks).isBetween(6L, 8L));
        assertThat(labels).containsExactly(0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 255);
    }

    @Test
    void anExactAnswerNeedsOnePixelOfGroundTruth() {
        assertThat(ask(Answer.Exact, REGION, "....", "....")).isEmpty();
        assertThat(labels).containsOnly(255);
        assertThat(ask(Answer.Exact, REGION, "....", "...4"))
                .map(Effort::clicks)
                .hasValue(3L);
    }

    @Test
    void aDominantAnswerIsOneClickForOneClass() {
        assertThat(ask(Answer.Dominant, REGION, "0011", "1.11")).hasValue(new Effort(1, 2.4));
        assertThat(labels).containsOnly(1);
    }

    @Test
    void theLowestIdWinsATie() {
        ask(Answer.Dominant, REGION, "3322", "..11");
        assertThat(labels).containsOnly(1);
    }

    @Test
    void aRegionThatIsMostlyVoidIsSkippedAndHalfVoidIsNot() {
        assertThat(ask(Answer.Dominant, REGION, "...1", "..11")).isEmpty();
        assertThat(labels).containsOnly(255);
        assertThat(ask(Answer.Dominant, REGION, "...1", "1.11")).isPresent();
        assertThat(labels).containsOnly(1);
    }

    @Test
    void aWholeFrameIsNamedSuperpixelBySuperpixel() {
        assertThat(ask(Answer.Dominant, Region.WHOLE_FRAME, "0012", "..33")).hasValue(new Effort(3, 3 * 2.4));
        assertThat(labels).containsExactly(0, 0, 1, 1, 255, 255, 3, 3);
        assertThat(ask(Answer.Dominant, Region.WHOLE_FRAME, "....", "....")).isEmpty();
    }

    @Test
    void onlyNewPixelsAreAskedAboutAndPaidFor() {
        Drawing drawing = Drawing.of("0001", "0001");
        BitSet last = new BitSet();
        last.set(3);
        last.set(7);
        assertThat(ask(Answer.Dominant, REGION, drawing, last)).isPresent();
        assertThat(labels).containsExactly(255, 255, 255, 1, 255, 255, 255, 1);
        for (Answer answer : Answer.values()) {
            assertThat(ask(answer, REGION, drawing, new BitSet())).hasValue(Effort.NONE);
        }
    }
}
