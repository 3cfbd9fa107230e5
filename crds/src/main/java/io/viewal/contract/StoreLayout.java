package io.viewal.contract;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the objects of one stage lie: {@code <prefix>/<namespace>/results/<stage>/<digest>/…}, by the digest of all that
 * determines them, so that whoever asks for the same finds what is there.
 *
 * <pre>
 * result.json                       one shard: the committed result, written last and once
 * result-00003.json                 several shards: one committed result a shard
 * references/round-0-0a1b2c3d       a round or data set that uses the result
 * checkpoint.json                   the newest whole checkpoint; names a key under checkpoints/
 * checkpoints/…                     what training resumes from, whoever began it
 * round-0-0a1b2c3d-2/…              what attempt 2 of this round wrote; read only through a committed result
 * round-0-0a1b2c3d-2/progress-00000.json   how far a shard of that attempt has come; rewritten while it runs
 * set-aside-….json                  a result whose artifacts were found to be damaged
 * </pre>
 *
 * Prepared scenes lie beside the results, {@code <prefix>/<namespace>/scenes/<digest>/…}, by a digest of what they were made
 * of: data sets share them. {@code scene.json} is written last and commits them. So do the answers of people,
 * {@code <prefix>/<namespace>/answers/<digest>/…}, by a digest of what they were asked: rounds that ask the same share them.
 *
 * @param prefix the store's prefix, without slashes at its ends; may be empty
 * @param owner who asks
 * @param digest {@link StageRequest#digest()}
 */
public record StoreLayout(String prefix, Owner owner, Stage stage, String digest, int shards) {

    private static final Pattern RESULT = Pattern.compile("(?:.*/)?results/[a-z]+/[0-9a-f]{64}(?=/)");

    private static final Pattern COMMIT = Pattern.compile(RESULT.pattern() + "/result(-\\d{5})?\\.json");

    /** True of the key of a shard's committed result, see {@link #resultKey}. */
    public static boolean isResultKey(String key) {
        return COMMIT.matcher(key).matches();
    }

    /** The folder of the result that an artifact belongs to; empty when it belongs to none. */
    public static Optional<String> resultPrefixOf(String artifactKey) {
        Matcher folder = RESULT.matcher(artifactKey);
        return folder.lookingAt() ? Optional.of(folder.group()) : Optional.empty();
    }

    /** The folder of the result. */
    public String resultPrefix() {
        return StoreKeys.join(prefix, owner.namespace(), "results", stage.key(), digest);
    }

    /** The folder that an attempt of the owner writes to; no other owner's attempt writes there. */
    public String attemptPrefix(int attempt) {
        return StoreKeys.join(resultPrefix(), owner.directory() + "-" + attempt);
    }

    /** The key of an artifact that a shard of an attempt writes. */
    public String artifactKey(int attempt, String name) {
        return StoreKeys.join(attemptPrefix(attempt), name);
    }

    /** The key of a shard's committed result. */
    public String resultKey(int shard) {
        return StoreKeys.join(resultPrefix(), shards == 1 ? "result.json" : "result-%05d.json".formatted(shard));
    }

    /** The key of a shard's progress. */
    public String progressKey(int attempt, int shard) {
        return StoreKeys.join(attemptPrefix(attempt), "progress-%05d.json".formatted(shard));
    }

    /** The key that says that the owner uses the result. */
    public String referenceKey() {
        return referenceKey(resultPrefix(), owner);
    }

    /** The key that says that an owner uses the result in a folder. */
    public static String referenceKey(String resultPrefix, Owner owner) {
        return StoreKeys.join(resultPrefix, "references", owner.directory());
    }

    /** The key of a file of a prepared scene. */
    public String sceneKey(String sceneDigest, String file) {
        return StoreKeys.join(prefix, owner.namespace(), "scenes", sceneDigest, file);
    }

    /** The folder of the answers to a selection, by its digest. */
    public String answersPrefix(String selection) {
        return StoreKeys.join(prefix, owner.namespace(), "answers", selection);
    }

    /** The key of the pointer to the newest whole checkpoint. */
    public String checkpointKey() {
        return StoreKeys.join(resultPrefix(), "checkpoint.json");
    }

    /** The folder of the checkpoints. */
    public String checkpointsPrefix() {
        return StoreKeys.join(resultPrefix(), "checkpoints");
    }
}
