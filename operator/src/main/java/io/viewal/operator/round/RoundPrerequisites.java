package io.viewal.operator.round;

import io.viewal.api.v1alpha1.ActiveLearningRound;
import io.viewal.api.v1alpha1.Artifact;
import io.viewal.api.v1alpha1.LabelsSpec;
import io.viewal.api.v1alpha1.MultiViewDataset;
import io.viewal.api.v1alpha1.Outcome;
import io.viewal.api.v1alpha1.RoundSpec;
import io.viewal.api.v1alpha1.RoundStatus;
import io.viewal.api.v1alpha1.RoundStatus.Inputs;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.ArtifactRef;
import io.viewal.contract.RoundLabels.Source;
import io.viewal.contract.RoundRequests;
import io.viewal.operator.condition.Reason;
import io.viewal.operator.pipeline.Artifacts;
import io.viewal.operator.pipeline.ClassResolver;
import io.viewal.operator.pipeline.KeyAdmission;
import io.viewal.operator.pipeline.ReadyDataset;
import io.viewal.operator.pipeline.SecondaryResources;
import io.viewal.operator.pipeline.Setting;
import io.viewal.operator.pipeline.StoreContents;
import io.viewal.operator.pipeline.UnmetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds a round's class, data set and labels. Once the round has begun its inputs stand in its status and are never
 * looked up again, so that a data set made anew can't change a round half way.
 */
final class RoundPrerequisites {

    private final ActiveLearningRound round;
    private final SecondaryResources secondaries;
    private final StoreContents contents;

    RoundPrerequisites(ActiveLearningRound round, SecondaryResources secondaries, StoreContents contents) {
        this.round = round;
        this.secondaries = secondaries;
        this.contents = contents;
    }

    /** @throws UnmetException when something is missing */
    RoundPipeline resolve() {
        RoundStatus status = round.getStatus();
        Inputs pinned = status == null ? null : status.inputs();
        Setting setting = new ClassResolver(round.getMetadata(), secondaries)
                .resolve(
                        round.getSpec().className(),
                        pinned == null ? null : pinned.store(),
                        pinned == null ? null : status.className());
        return new RoundPipeline(round, setting, pinned == null ? inputs(setting) : pinned);
    }

    private Inputs inputs(Setting setting) {
        MultiViewDataset dataset =
                ReadyDataset.of(round.getSpec().dataset(), round.getMetadata().getNamespace(), secondaries);
        requireSameStore(dataset, setting);
        Artifact prepared = artifact(
                dataset.getStatus().artifacts(),
                RoundRequests.DATASET,
                dataset.getMetadata().getName());
        RoundSpec spec = round.getSpec();
        if (spec.previousRound() == null) {
            requireNoStart(spec);
            return new Inputs(setting.store(), prepared, labels(dataset, setting), null, pretrained(setting));
        }
        Map<String, Artifact> made = completePrevious(prepared).getStatus().artifacts();
        return new Inputs(
                setting.store(),
                prepared,
                labels(made, spec.previousRound()),
                spec.startsFromPreviousModel() ? model(made, spec.previousRound()) : null,
                pretrained(setting));
    }

    /** What the key names now; null when the training does not begin with it. */
    private Artifact pretrained(Setting setting) {
        String key = round.getSpec().pretrained();
        if (key.isEmpty()) {
            return null;
        }
        new KeyAdmission(setting, round.getMetadata().getNamespace())
                .refusal("training.pretrained", key)
                .ifPresent(refused -> {
                    throw UnmetException.of(refused);
                });
        StoreReference store = setting.store();
        ArtifactRef weights = contents.identify(store, key)
                .orElseThrow(() -> UnmetException.stalled(
                        Reason.PretrainedNotFound,
                        "The store has no object s3://%s/%s, which training.pretrained names: put the weights there, and the round"
                                        .formatted(store.bucket(), key)
                                + " begins by itself; or make it with another key"));
        return Artifacts.shown(weights, store);
    }

    /** The label set of a round without a previous one; null with full supervision. */
    private Artifact labels(MultiViewDataset dataset, Setting setting) {
        LabelsSpec asked = round.getSpec().labels();
        return switch (asked == null ? Source.SeedSet : asked.source()) {
            case SeedSet ->
                artifact(
                        dataset.getStatus().artifacts(),
                        RoundRequests.LABELS,
                        dataset.getMetadata().getName());
            case FullSupervision -> null;
            case Reference -> referred(asked, setting.store());
        };
    }

    private static Artifact referred(LabelsSpec asked, StoreReference store) {
        return new Artifact("s3://%s/%s".formatted(store.bucket(), asked.key()), asked.sha256(), null);
    }

    /** A round that selects nothing labels nothing. */
    private static Artifact labels(Map<String, Artifact> made, String previous) {
        Artifact labels = made.get(RoundRequests.LABELS);
        if (labels == null) {
            throw UnmetException.stalled(
                    Reason.PreviousRoundLeftNoLabels,
                    "The previous round '%s' has no selection and labeled nothing: make the round with the one before it"
                            .formatted(previous));
        }
        return labels;
    }

    private static void requireNoStart(RoundSpec spec) {
        if (spec.startsFromPreviousModel()) {
            throw UnmetException.stalled(
                    Reason.PreviousRoundNotFound,
                    "The round has training.start PreviousRound and no previousRound: make it with one of them changed");
        }
    }

    /** A trainer of one's own may leave predictions and no model. */
    private static Artifact model(Map<String, Artifact> made, String previous) {
        Artifact model = made.get(RoundRequests.MODEL);
        if (model == null) {
            throw UnmetException.stalled(
                    Reason.PreviousRoundLeftNoModel,
                    "The training of the previous round '%s' left no model to start from, as one by training.image may: make"
                                    .formatted(previous)
                            + " the round with training.start Pretrained, or name another previous round");
        }
        return model;
    }

    /** A bucket is known by its class, whose endpoint may change, or else by its endpoint. */
    private static void requireSameStore(MultiViewDataset dataset, Setting setting) {
        StoreReference its = dataset.getStatus().store();
        StoreReference store = setting.store();
        boolean sameServer = setting.className().equals(dataset.getStatus().className())
                || its.endpoint().equals(store.endpoint());
        if (!sameServer || !its.bucket().equals(store.bucket())) {
            throw UnmetException.stalled(
                    Reason.StoresDiffer,
                    "MultiViewDataset '%s' lies in bucket '%s' at %s, the round's class uses bucket '%s' at %s: name a class"
                                    .formatted(
                                            dataset.getMetadata().getName(),
                                            its.bucket(),
                                            its.endpoint(),
                                            store.bucket(),
                                            store.endpoint())
                            + " with the data set's store");
        }
    }

    private ActiveLearningRound completePrevious(Artifact prepared) {
        ActiveLearningRound previous = previous();
        RoundSpec spec = round.getSpec();
        requireSameDataset(previous, spec);
        Outcome outcome =
                previous.getStatus() == null ? null : previous.getStatus().outcome();
        if (outcome == Outcome.Failed) {
            throw UnmetException.stalled(
                    Reason.PreviousRoundFailed,
                    "The previous round '%s' failed: start from another round, or make '%s' again"
                            .formatted(spec.previousRound(), spec.previousRound()));
        }
        if (outcome == null) {
            throw UnmetException.waiting(
                    Reason.PreviousRoundNotReady,
                    "The previous round '%s' is not complete yet".formatted(spec.previousRound()));
        }
        Artifact itsDataset = previous.getStatus().inputs().dataset();
        if (!Objects.equals(itsDataset.sha256(), prepared.sha256())) {
            throw UnmetException.stalled(
                    Reason.PreviousRoundOfOtherDataset,
                    "The previous round '%s' labeled an earlier MultiViewDataset '%s' with other content: make it again"
                            .formatted(spec.previousRound(), spec.dataset()));
        }
        return previous;
    }

    private ActiveLearningRound previous() {
        String name = round.getSpec().previousRound();
        requireNoCircle();
        return secondaries
                .round(name)
                .orElseThrow(() -> UnmetException.waiting(
                        Reason.PreviousRoundNotFound,
                        "There is no previous round '%s' in namespace '%s' yet: this one begins by itself once it is made"
                                .formatted(name, round.getMetadata().getNamespace())));
    }

    /** Each of a circle of rounds would wait for the one before for ever. */
    private void requireNoCircle() {
        List<String> chain = new ArrayList<>(List.of(round.getMetadata().getName()));
        Optional<String> next = Optional.of(round.getSpec().previousRound());
        while (next.isPresent() && !chain.contains(next.get())) {
            chain.add(next.get());
            next = secondaries
                    .round(next.get())
                    .filter(previous ->
                            previous.getStatus() == null || previous.getStatus().outcome() == null)
                    .map(previous -> previous.getSpec().previousRound());
        }
        if (next.filter(chain.getFirst()::equals).isPresent()) {
            throw UnmetException.stalled(
                    Reason.PreviousRoundCircular,
                    "The round waits for itself (%s, %s): delete one of them and make it with another previous round"
                            .formatted(String.join(", ", chain), chain.getFirst()));
        }
    }

    private static void requireSameDataset(ActiveLearningRound previous, RoundSpec spec) {
        if (!previous.getSpec().dataset().equals(spec.dataset())) {
            throw UnmetException.stalled(
                    Reason.PreviousRoundOfOtherDataset,
                    "The previous round '%s' is of data set '%s', this one of '%s': labels can't be carried over; make a round"
                                    .formatted(
                                            spec.previousRound(),
                                            previous.getSpec().dataset(),
                                            spec.dataset())
                            + " whose previous round has the same data set");
        }
    }

    private static Artifact artifact(Map<String, Artifact> artifacts, String name, String of) {
        Artifact artifact = artifacts == null ? null : artifacts.get(name);
        if (artifact == null) {
            throw UnmetException.stalled(
                    Reason.CorruptArtifact,
                    "The status of '%s' names no artifact '%s': it was made by another release; make it again"
                            .formatted(of, name));
        }
        return artifact;
    }
}
