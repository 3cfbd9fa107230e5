package io.viewal.worker.stage;

import io.viewal.contract.ArtifactRef;
import io.viewal.contract.RoundRequests;
import io.viewal.contract.StageFailure.Reason;
import io.viewal.worker.InvalidInputException;
import io.viewal.worker.artifact.ScoresIndex;
import io.viewal.worker.artifact.SuperpixelScoresCsv;
import io.viewal.worker.npy.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;

/** The scores of all shards, by scene. */
final class SceneScores {

    /** A scene's files, and the index that names them. */
    private record Located(ArtifactRef index, String strategy, ScoresIndex.Scene scene) {}

    private final StageContext context;
    private final TreeMap<String, Located> scenes;

    private SceneScores(StageContext context, TreeMap<String, Located> scenes) {
        this.context = context;
        this.scenes = scenes;
    }

    static SceneScores open(StageContext context) {
        TreeMap<String, Located> scenes = new TreeMap<>();
        for (ArtifactRef index : context.inputs(RoundRequests.SCORES + "-").values()) {
            ScoresIndex shard = ScoresIndex.read(context.store().fetch(index));
            for (ScoresIndex.Scene scene : shard.scenes()) {
                scenes.put(scene.name(), new Located(index, shard.strategy(), scene));
            }
        }
        return new SceneScores(context, scenes);
    }

    /** Names of the scored scenes, sorted. */
    NavigableSet<String> scenes() {
        return scenes.navigableKeySet();
    }

    /** The strategy that scored. */
    String strategy() {
        return scenes.firstEntry().getValue().strategy();
    }

    /**
     * Makes sure that one strategy scored all.
     *
     * @throws InvalidInputException when another one did
     */
    void requireStrategy(String name) {
        for (Located scene : scenes.values()) {
            if (!scene.strategy().equals(name)) {
                throw new InvalidInputException(
                        Reason.InvalidRequest,
                        "Scene '" + scene.scene().name() + "' was scored by " + scene.strategy()
                                + " and regions are to be chosen by " + name + ": expected the same strategy");
            }
        }
    }

    /** Names of a scene's frames, in the order of its maps. */
    List<String> frames(String scene) {
        return scenes.get(scene).scene().frames();
    }

    /** True when a scene has a map of that name. */
    boolean has(String scene, String name) {
        return scenes.get(scene).scene().files().containsKey(name);
    }

    /** The scores of a scene's regions, in frame and superpixel order. */
    List<SuperpixelScoresCsv.Row> regions(String scene) throws IOException {
        Located located = scenes.get(scene);
        return SuperpixelScoresCsv.read(Files.readString(context.fetch(
                StageContext.beside(located.index(), located.scene().files().get(ScoresIndex.SUPERPIXEL_SCORES)))));
    }

    /** A map of a scene, see the names in {@link ScoresIndex}. */
    NpyFile map(String scene, String name) throws IOException {
        Located located = scenes.get(scene);
        return NpyFile.open(context.fetch(
                StageContext.beside(located.index(), located.scene().files().get(name))));
    }
}
