package io.viewal.worker.dataset.importer;

import io.viewal.worker.InvalidInputException;
import io.viewal.worker.dataset.DepthRange;
import io.viewal.worker.dataset.importer.ImportReport.LeftOut;
import io.viewal.worker.dataset.importer.ImportReport.Outcome;
import io.viewal.worker.dataset.importer.ImportReport.SceneEntry;
import io.viewal.worker.dataset.importer.source.ForeignFrame;
import io.viewal.worker.dataset.importer.source.ForeignFrames;
import io.viewal.worker.dataset.importer.source.ForeignScene;
import io.viewal.worker.dataset.importer.source.SceneTraits;
import io.viewal.worker.dataset.importer.source.SourceFault;
import io.viewal.worker.dataset.interchange.TransformsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Imports one scene, frame by frame. */
final class SceneImport implements FramePipeline.Sink {

    private final ForeignScene scene;
    private final ImportPolicy policy;
    private final Runnable frameImported;
    private final Optional<byte[]> options;
    private final FrameRules rules = new FrameRules();
    private final DepthRange range = new DepthRange();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final List<String> unlabeled = new ArrayList<>();
    private Set<Path> filesRead = Set.of();
    private TransformsWriter writer;
    private int seen;
    private int taken;
    private int written;

    /**
     * Looks at nothing yet.
     *
     * @param frameImported called after each frame; what it throws ends the import
     * @param options kept in the scene's folder as {@link ImportedWith#FILE}
     */
    SceneImport(ForeignScene scene, ImportPolicy policy, Runnable frameImported, Optional<byte[]> options) {
        this.options = options;
        this.scene = scene;
        this.policy = policy;
        this.frameImported = frameImported;
    }

    /**
     * Writes the scene's folder.
     *
     * @throws InvalidInputException when something is broken and is to end the import, or no frame is left
     */
    SceneEntry run(Path folder) throws IOException {
        try (ForeignFrames frames = scene.open()) {
            SceneTraits traits = frames.traits();
            try (TransformsWriter target = new TransformsWriter(folder, traits.classes(), traits.depth());
                    FramePipeline pipeline = new FramePipeline(this)) {
                writer = target;
                submitAll(frames, traits, pipeline);
                pipeline.drain();
                filesRead = frames.filesRead();
                if (written == 0) {
                    throw nothingLeft();
                }
                requirePlausibleDepth();
                if (options.isPresent()) {
                    writer.note(ImportedWith.FILE, options.get());
                }
                writer.finish();
            }
        }
        return new SceneEntry(scene.name(), Outcome.IMPORTED, written, seen - taken, leftOut, unlabeled);
    }

    /** The files that the scene was made of; after {@link #run}. */
    Set<Path> filesRead() {
        return filesRead;
    }

    private void submitAll(ForeignFrames frames, SceneTraits traits, FramePipeline pipeline) throws IOException {
        while (taken < policy.most()) {
            ForeignFrame frame;
            try {
                frame = frames.next();
            } catch (InvalidInputException e) {
                broken(null, e);
                return;
            }
            if (frame == null) {
                return;
            }
            if (seen++ % policy.every() == 0) {
                taken++;
                submit(frame, traits, pipeline);
            }
        }
    }

    private void submit(ForeignFrame frame, SceneTraits traits, FramePipeline pipeline) throws IOException {
        switch (frame) {
            case ForeignFrame.Lost lost -> leftOut.add(new LeftOut(lost.name(), lost.reason()));
            case ForeignFrame.Broken broken -> broken(broken.name(), SourceFault.invalid(broken.problem()));
            case ForeignFrame.Posed posed -> {
                try {
                    rules.require(posed);
                } catch (InvalidInputException e) {
                    broken(posed.name(), e);
                    return;
                }
                pipeline.submit(posed.name(), () -> ReadyFrame.of(posed, traits, range));
            }
        }
    }

    @Override
    public void take(ReadyFrame frame) throws IOException {
        writer.add(frame.frame(), frame.cameraSize(), frame.depth(), frame.images());
        written++;
        if (!frame.images().labeled()) {
            unlabeled.add(frame.frame().name());
        }
        frameImported.run();
    }

    @Override
    public void failed(String name, RuntimeException failure) {
        if (failure instanceof InvalidInputException invalid) {
            broken(name, invalid);
        } else {
            throw failure;
        }
    }

    /** @param frame null: the rest of the scene */
    private void broken(String frame, InvalidInputException problem) {
        if (policy.onError() == OnError.SKIP) {
            leftOut.add(new LeftOut(frame, problem.getMessage()));
            return;
        }
        String place = "Scene '" + scene.name() + "'" + (frame == null ? "" : ", frame '" + frame + "'");
        throw new InvalidInputException(problem.reason(), place + ": " + problem.getMessage(), problem);
    }

    private void requirePlausibleDepth() {
        try {
            if (!policy.unitConfirmed()) {
                range.requirePlausible();
            }
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.reason(), "Scene '" + scene.name() + "': " + e.getMessage(), e);
        }
    }

    private InvalidInputException nothingLeft() {
        String reason = leftOut.isEmpty()
                ? "it has none"
                : leftOut.size() + " were left out, the first because: "
                        + leftOut.getFirst().reason();
        return SourceFault.invalid("Scene '" + scene.name() + "' has no frame to import: " + reason);
    }
}
