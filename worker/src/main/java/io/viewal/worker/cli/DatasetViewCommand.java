package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.Frame;
import io.viewal.worker.dataset.SourceFrame;
import io.viewal.worker.dataset.SourceScene;
import io.viewal.worker.dataset.inspect.DatasetFolder;
import io.viewal.worker.page.DatasetPage;
import io.viewal.worker.page.PointCloud;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a page that shows a data set. */
@Command(
        name = "view",
        description = {
            "Write a page that shows scenes: a cloud of their points that turns, the cameras' path, frames with labels and",
            "superpixels. One file that needs nothing else; frames and points are thinned out to keep it small."
        })
final class DatasetViewCommand implements Callable<Integer> {

    @Mixin
    private ScenesOption scenes;

    @Option(names = "--out", required = true, paramLabel = "HTML", description = "The page.")
    private Path out;

    @Option(
            names = "--most-scenes",
            defaultValue = "6",
            description = "Scenes to show, the first ones (${DEFAULT-VALUE}).")
    private int mostScenes;

    @Option(names = "--pictures", defaultValue = "24", description = "Frames of a scene to look at (${DEFAULT-VALUE}).")
    private int pictures;

    @Option(
            names = "--cameras",
            defaultValue = "200",
            description = "Frames of a scene that give points and are drawn as cameras (${DEFAULT-VALUE}).")
    private int cameras;

    @Option(names = "--points", defaultValue = "100000", description = "Points of a scene (${DEFAULT-VALUE}).")
    private int points;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        for (int number : new int[] {mostScenes, pictures, cameras, points}) {
            if (number < 1) {
                throw new InvalidInputException(
                        Reason.InvalidRequest,
                        "--most-scenes, --pictures, --cameras and --points: one is " + number + ", expected 1 or more");
            }
        }
        PrintWriter text = spec.commandLine().getOut();
        DatasetFolder dataset = scenes.open();
        List<String> names = scenes.names(dataset);
        List<String> shown = names.subList(0, Math.min(mostScenes, names.size()));
        DatasetPage page = new DatasetPage(dataset.name(), dataset.classes(), dataset.size());
        for (String scene : shown) {
            text.println(scene + ": " + add(page, dataset, scene) + " points");
            text.flush();
        }
        Files.write(out, page.html());
        text.printf("%d of %d scenes: %s%n", shown.size(), names.size(), out);
        text.flush();
        return 0;
    }

    private int add(DatasetPage page, DatasetFolder dataset, String name) throws IOException {
        SourceScene scene = dataset.scene(name);
        int frames = scene.frameNames().size();
        List<Integer> path = spread(frames, Math.max(cameras, pictures));
        List<Integer> looked = spread(path.size(), pictures);
        PointCloud cloud = new PointCloud(dataset.size(), path.size(), points);
        List<Frame> posed = new ArrayList<>();
        List<SourceFrame> shown = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            SourceFrame frame = scene.read(path.get(i));
            cloud.add(frame);
            posed.add(frame.frame());
            if (looked.contains(i)) {
                shown.add(frame);
            }
        }
        page.add(name, frames, cloud, posed, shown);
        return cloud.count();
    }

    /** Numbers below {@code count}, evenly spread; at most so many. */
    private static List<Integer> spread(int count, int most) {
        int taken = Math.min(count, most);
        return IntStream.range(0, taken)
                .mapToObj(i -> (int) ((long) i * count / taken))
                .toList();
    }
}
