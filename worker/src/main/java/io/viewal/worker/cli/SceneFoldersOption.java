package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.DatasetManifest;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.dataset.prepare.SceneFolder;
import io.viewal.worker.stage.FolderDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which scenes, by their folders. */
final class SceneFoldersOption {

    @Option(
            names = "--scene",
            required = true,
            arity = "1..*",
            paramLabel = "DIR",
            description =
                    "Folder of a scene, with its transforms.json, or its folder in a prepared data set. Several, a "
                            + "folder of such folders, or a prepared data set (manifest.json): all other folders have a folder "
                            + "<scene> for each then.")
    private List<Path> folders;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description = "Of a prepared data set, the scenes of this split alone: train, validation or test.")
    private Split split;

    /**
     * A scene that is given.
     *
     * @param alone false when there are others, or may be: what belongs to it is in a folder of its name then
     */
    record Given(String name, SceneFolder folder, boolean alone) {

        /** Where in a folder that is given for all scenes that of this one is. */
        Path in(Path parent) {
            return alone ? parent : parent.resolve(name);
        }
    }

    /**
     * The scenes, in name order.
     *
     * @throws InvalidInputException when there is none, or two have one name
     */
    List<Given> scenes() throws IOException {
        boolean alone = folders.size() == 1 && SceneFolder.holdsScene(folders.getFirst());
        TreeMap<String, Given> scenes = new TreeMap<>();
        for (Path folder : folders) {
            for (Path one : in(folder)) {
                SceneFolder scene = new SceneFolder(one);
                if (scenes.put(scene.name(), new Given(scene.name(), scene, alone)) != null) {
                    throw invalid("--scene gives the scene '" + scene.name() + "' twice: give each once");
                }
            }
        }
        return List.copyOf(scenes.values());
    }

    private List<Path> in(Path folder) throws IOException {
        if (FolderDataset.isPrepared(folder)) {
            return prepared(FolderDataset.open(folder));
        }
        if (split != null) {
            throw invalid("--split chooses among the scenes of a prepared data set and " + folder + " has no "
                    + DatasetManifest.FILE + ": leave it out");
        }
        if (SceneFolder.holdsScene(folder) || !Files.isDirectory(folder)) {
            return List.of(folder);
        }
        try (Stream<Path> content = Files.list(folder)) {
            List<Path> scenes = content.filter(
                            one -> !one.getFileName().toString().startsWith("."))
                    .filter(SceneFolder::holdsScene)
                    .sorted()
                    .toList();
            // A folder without any is told of as a scene that it is not.
            return scenes.isEmpty() ? List.of(folder) : scenes;
        }
    }

    private List<Path> prepared(FolderDataset dataset) {
        DatasetManifest manifest = dataset.manifest();
        List<Path> scenes = (split == null ? manifest.scenes() : manifest.scenes(split))
                .stream().map(dataset::scene).toList();
        if (scenes.isEmpty()) {
            throw invalid("The data set in " + dataset.folder() + " has no scene in the split " + split.key()
                    + ": choose another --split, or leave it out");
        }
        return scenes;
    }

    private static InvalidInputException invalid(String sentence) {
        return new InvalidInputException(Reason.InvalidRequest, sentence);
    }
}
