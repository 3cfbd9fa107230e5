package io.viewal.worker.cli;

import io.viewal.worker.artifact.SelectionCsv;
import io.viewal.worker.artifact.SuperpixelScoresCsv;
import io.viewal.worker.dataset.interchange.ImageFiles;
import io.viewal.worker.dataset.interchange.IntegerImage;
import io.viewal.worker.dataset.interchange.TransformsFixture;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Scenes with predictions in files, and the commands that score them and select from them. */
abstract class ScoreAndSelectFixture {

    static final int CLASSES = 3;
    static final int HEIGHT = TransformsFixture.SIZE.height();
    static final int WIDTH = TransformsFixture.SIZE.width();

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @TempDir
    Path temp;

    /** A scene with random predictions. */
    void scene(String name, int frames) throws IOException {
        TransformsFixture.write(temp.resolve("data"), name, frames);
        for (int f = 0; f < frames; f++) {
            float[] p = new float[CLASSES * HEIGHT * WIDTH];
            Random random = new Random(name.hashCode() * 31L + f);
            int pixels = HEIGHT * WIDTH;
            for (int pixel = 0; pixel < pixels; pixel++) {
                float a = random.nextFloat();
                float b = random.nextFloat() * (1 - a);
                p[pixel] = a;
                p[pixels + pixel] = b;
                p[2 * pixels + pixel] = 1 - a - b;
            }
            write(name, "f" + f, CLASSES, p);
        }
    }

    /** Makes all depths of a frame unknown. */
    void withoutDepth(String scene, String frame) throws IOException {
        byte[] depth = ImageFiles.png(new IntegerImage(TransformsFixture.SIZE, 16, new char[HEIGHT * WIDTH]));
        TransformsFixture.at(temp.resolve("data").resolve(scene)).put("depth/" + frame + ".png", depth);
    }

    void predict(String scene, String frame, int classes, float each) throws IOException {
        float[] p = new float[classes * HEIGHT * WIDTH];
        Arrays.fill(p, each);
        write(scene, frame, classes, p);
    }

    void write(String scene, String frame, int classes, float[] p) throws IOException {
        Path folder = Files.createDirectories(temp.resolve("predictions").resolve(scene));
        NpyFile.write(folder.resolve(frame + ".npy"), p, classes, HEIGHT, WIDTH);
    }

    String scores(String scene) {
        return temp.resolve("scores").resolve(scene).toString();
    }

    List<SuperpixelScoresCsv.Row> rows(String scene) {
        try {
            return SuperpixelScoresCsv.read(Files.readString(Path.of(scores(scene), "superpixel-scores.csv")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<SelectionCsv.Row> selection() throws IOException {
        return SelectionCsv.read(Files.readString(temp.resolve("selection.csv")));
    }

    int score(String scene, String... more) {
        return run(joined(
                List.of(
                        "score",
                        "--scene",
                        temp.resolve("data").resolve(scene).toString(),
                        "--probabilities",
                        temp.resolve("predictions").resolve(scene).toString(),
                        "--out",
                        scores(scene)),
                more));
    }

    int select(String... arguments) {
        return run(
                joined(List.of("select", "--out", temp.resolve("selection.csv").toString()), arguments));
    }

    private static String[] joined(List<String> first, String... more) {
        return Stream.concat(first.stream(), Arrays.stream(more)).toArray(String[]::new);
    }

    int run(String... arguments) {
        return ViewalCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
