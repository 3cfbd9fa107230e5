package io.viewal.operator.job;

import io.viewal.contract.Owner;
import io.viewal.contract.Stage;
import java.util.Map;
import java.util.TreeMap;

/** Labels and annotations of stage Jobs and their pods. */
public final class JobLabels {

    /** Name of the round that a Job works for. */
    public static final String ROUND = "viewal.io/round";

    /** Name of the data set that a Job works for. */
    public static final String DATASET = "viewal.io/dataset";

    /** Name of the experiment that a Job works for, or that a round is of. */
    public static final String EXPERIMENT = "viewal.io/experiment";

    /** Key of the stage. */
    public static final String STAGE = "viewal.io/stage";

    /** Number of the attempt. */
    public static final String ATTEMPT = "viewal.io/attempt";

    /** The stage request as JSON, an annotation of the pod template. */
    public static final String REQUEST = "viewal.io/request";

    /** Where the result that the Job makes lies, an annotation of the Job: others that need the same find it by that. */
    public static final String RESULT = "viewal.io/result";

    /** Kueue's label of the queue that a Job waits in. */
    static final String QUEUE = "kueue.x-k8s.io/queue-name";

    /** Digest of what the Job's pods are made of, an annotation of the Job: tells whether its class says something else now. */
    static final String POD_DIGEST = "viewal.io/pod-digest";

    private static final Map<String, String> BY_KIND =
            Map.of("ActiveLearningRound", ROUND, "ActiveLearningExperiment", EXPERIMENT, "MultiViewDataset", DATASET);

    private JobLabels() {}

    /** The labels of an attempt's Job and pods. */
    static Map<String, String> of(Owner owner, Stage stage, int attempt) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("app.kubernetes.io/name", "viewal-worker");
        labels.put("app.kubernetes.io/component", stage.key());
        labels.put("app.kubernetes.io/instance", owner.name());
        labels.put("app.kubernetes.io/part-of", "viewal");
        labels.put("app.kubernetes.io/managed-by", "viewal-operator");
        labels.put(BY_KIND.get(owner.kind()), owner.name());
        labels.put(STAGE, stage.key());
        labels.put(ATTEMPT, Integer.toString(attempt));
        return labels;
    }
}
