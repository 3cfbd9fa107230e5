package io.viewal.worker.cli;

import io.viewal.contract.ContractJson;
import io.viewal.contract.ScoreParameters.Dropout;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.EvaluationJson;
import io.viewal.worker.dataset.Split;
import io.viewal.worker.dataset.importer.source.Nyu40;
import io.viewal.worker.model.ConfusionMatrix;
import io.viewal.worker.model.NetworkFile;
import io.viewal.worker.model.Predictor;
import io.viewal.worker.stage.DatasetScenes;
import io.viewal.worker.stage.SceneFrames;
import io.viewal.worker.stage.TrainingFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a trained network on a split of a data set. */
@Command(
        name = "evaluate",
        description =
                "Compare a network's predictions with the labels of a split: accuracy, mean class accuracy, mean and "
                        + "frequency-weighted intersection over union (IoU), the IoU of each class, and the mean IoU among some "
                        + "classes.")
final class EvaluateCommand implements Callable<Integer> {

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private DatasetOption dataset = new DatasetOption();

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "SPLIT",
            description = "test, validation or train (default: ${DEFAULT-VALUE}).")
    private Split split;

    @Option(
            names = "--subset",
            paramLabel = "NAME=ID,ID",
            description =
                    "Also the mean IoU among these classes, by ids from 0 or names; pixels of other classes, or taken "
                            + "for others, are left out. ScanNet20: the paper's 20 of 40 classes, which data sets with NYU's 40 "
                            + "classes get anyway. May be given more than once.")
    private List<String> subsets = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where " + EvaluationJson.FILE
                    + " goes, with the figures and the confusion matrix; a new or an " + "empty folder.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter text = spec.commandLine().getOut();
        List<ClassSubset> asked = subsets.stream().map(ClassSubset::parse).toList();
        OutputFolder output = out == null ? null : OutputFolder.begin(out);
        NetworkFile network = model.open();
        try (ScratchFolder scratch = ScratchFolder.create()) {
            ProgressLine progress = new ProgressLine(text);
            DatasetScenes scenes = dataset.open(
                    network.size(),
                    null,
                    scratch.path(),
                    (scene, done, frames) -> progress.show("prepare", done, frames, "frames", "scene " + scene));
            Map<String, int[]> ids = ids(asked, scenes.classes());
            try (Predictor predictor = model.predictor(network, scenes.size(), Dropout.Backbone)) {
                requireFits(network, predictor, scenes);
                SceneFrames frames = frames(scenes);
                ConfusionMatrix confusion = measure(predictor, frames, progress);
                EvaluationJson evaluation = evaluation(scenes.classes(), frames.size(), confusion, ids);
                new EvaluationTable(evaluation).print(text);
                if (output != null) {
                    Files.write(output.emptied().partial().resolve(EvaluationJson.FILE), evaluation.toBytes());
                    output.finish();
                }
            }
        }
        return 0;
    }

    private SceneFrames frames(DatasetScenes scenes) throws IOException {
        SceneFrames frames = SceneFrames.of(scenes, split);
        if (frames.size() == 0) {
            throw invalid("The split " + split.key() + " of " + dataset.folder() + " has "
                    + scenes.scenes(split).size()
                    + " scenes and no frame with labels, expected at least one: choose another --split");
        }
        return frames;
    }

    /** The classes of each subset, by its name. */
    private static Map<String, int[]> ids(List<ClassSubset> asked, List<String> classes) {
        List<ClassSubset> all = new ArrayList<>(asked);
        if (classes.equals(Nyu40.CLASSES) && !all.contains(ClassSubset.SCANNET20)) {
            all.add(ClassSubset.SCANNET20);
        }
        Map<String, int[]> ids = new LinkedHashMap<>();
        all.forEach(subset -> ids.put(subset.name(), subset.ids(classes)));
        return ids;
    }

    private ConfusionMatrix measure(Predictor predictor, SceneFrames frames, ProgressLine progress) throws IOException {
        ConfusionMatrix confusion = new ConfusionMatrix(predictor.classes().size());
        for (int i = 0; i < frames.size(); i++) {
            confusion.add(frames.labels(i), predictor.classes(frames.rgb(i)));
            progress.show("evaluate", i + 1, frames.size(), "frames", "split " + split.key());
        }
        return confusion;
    }

    private EvaluationJson evaluation(
            List<String> classes, int frames, ConfusionMatrix confusion, Map<String, int[]> subsets)
            throws IOException {
        Map<String, EvaluationJson.Subset> figures = new LinkedHashMap<>();
        subsets.forEach((name, ids) -> figures.put(
                name,
                new EvaluationJson.Subset(
                        ids, TrainingFiles.figures(confusion.among(ids).metrics()))));
        long[][] counts = TrainingFiles.rows(confusion);
        long pixels = 0;
        for (long[] row : counts) {
            for (long count : row) {
                pixels += count;
            }
        }
        return new EvaluationJson(
                model.file().getFileName().toString(),
                ContractJson.sha256(Files.readAllBytes(model.file())),
                split.key(),
                frames,
                pixels,
                TrainingFiles.figures(confusion.metrics()),
                classes,
                figures,
                counts);
    }

    private void requireFits(NetworkFile network, Predictor predictor, DatasetScenes scenes) {
        int classes = predictor.classes().size();
        boolean fits = network.classes()
                .map(scenes.classes()::equals)
                .orElse(classes == scenes.classes().size());
        if (!fits) {
            throw invalid(model.file() + " tells " + classes + " classes apart"
                    + network.classes().map(names -> ", " + names).orElse("") + ", and the data set in "
                    + dataset.folder() + " has " + scenes.classes().size() + ", " + scenes.classes()
                    + ": expected the same");
        }
        if (!predictor.size().equals(scenes.size())) {
            throw invalid(model.file() + " is for frames of " + predictor.size() + " pixels and those of "
                    + dataset.folder() + " are of " + scenes.size()
                    + ": prepare the data set at the model's size, or give"
                    + " its scenes with their transforms.json");
        }
    }

    private static InvalidInputException invalid(String sentence) {
        return new InvalidInputException(Reason.InvalidRequest, sentence);
    }
}
