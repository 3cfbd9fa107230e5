package io.viewal.contract;

/**
 * Where the objects of one stage lie: {@code <prefix>/<namespace>/<name>-<uid8>/<stage>/…}.
 *
 * <pre>
 * result.json               one shard: the committed result, written last and once
 * result-00003.json         several shards: one committed result a shard
 * checkpoint.json           the newest whole checkpoint; names a key under checkpoints/
 * checkpoints/…             what training resumes from
 * 2/…                       what attempt 2 wrote; read only through a committed result
 * 2/progress-00000.json     how far a shard of attempt 2 has come; rewritten while it runs
 * </pre>
 *
 * Prepared scenes lie beside the owners, {@code <prefix>/<namespace>/scenes/<digest>/…}, by a digest of what they were made
 * of: data sets share them. {@code scene.json} is written last and commits them. So do the answers of people,
 * {@code <prefix>/<namespace>/answers/<digest>/…}, by a digest of what they were asked: rounds that ask the same share them.
 *
 * @param prefix the store's prefix, without slashes at its ends; may be empty
 */
public record StoreLayout(String prefix, Owner owner, Stage stage, int shards) {

    /** The folder of the stage. */
    public String stagePrefix() {
        return StoreKeys.join(prefix, owner.namespace(), owner.directory(), stage.key());
    }

    /** The folder that an attempt writes to. */
    public String attemptPrefix(int attempt) {
        return StoreKeys.join(stagePrefix(), Integer.toString(attempt));
    }

    /** The key of an artifact that a shard of an attempt writes. */
    public String artifactKey(int attempt, String name) {
        return StoreKeys.join(attemptPrefix(attempt), name);
    }

    /** The key of a shard's committed result. */
    public String resultKey(int shard) {
        return StoreKeys.join(stagePrefix(), shards == 1 ? "result.json" : "result-%05d.json".formatted(shard));
    }

    /** The key of a shard's progress. */
    public String progressKey(int attempt, int shard) {
        return StoreKeys.join(attemptPrefix(attempt), "progress-%05d.json".formatted(shard));
    }

    /** The key of a file of a prepared scene. */
    public String sceneKey(String digest, String file) {
        return StoreKeys.join(prefix, owner.namespace(), "scenes", digest, file);
    }

    /** The folder of the answers to a selection, by its digest. */
    public String answersPrefix(String selection) {
        return StoreKeys.join(prefix, owner.namespace(), "answers", selection);
    }

    /** The key of the pointer to the newest whole checkpoint. */
    public String checkpointKey() {
        return StoreKeys.join(stagePrefix(), "checkpoint.json");
    }
}
