package io.viewal.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One turn of the loop: train on the labels so far, score, select, label; without a selection, the training alone. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@ShortNames("alr")
@ValidationRule(value = "size(self.metadata.name) <= 63", message = "the name must have at most 63 characters")
@ValidationRule(
        value = "!has(self.spec.previousRound) || self.spec.previousRound != self.metadata.name",
        message = "a round can't start from itself: name another previousRound, or none for a first round")
@AdditionalPrinterColumn(name = "Stage", jsonPath = ".status.stage", type = Type.STRING)
@AdditionalPrinterColumn(name = "Progress", jsonPath = ".status.progress", type = Type.STRING)
@AdditionalPrinterColumn(name = "Trained On", jsonPath = ".status.trainedOn.fraction", type = Type.NUMBER)
@AdditionalPrinterColumn(name = "mIoU", jsonPath = ".status.meanIoU", type = Type.NUMBER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = Api.READY_STATUS, type = Type.STRING)
@AdditionalPrinterColumn(name = "Reason", jsonPath = Api.READY_REASON, type = Type.STRING)
@AdditionalPrinterColumn(name = "Labeled", jsonPath = ".status.labels.fraction", type = Type.NUMBER, priority = 1)
@AdditionalPrinterColumn(name = "Dataset", jsonPath = ".spec.dataset", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Previous", jsonPath = ".spec.previousRound", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Class", jsonPath = ".status.className", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Strategy", jsonPath = ".spec.strategy", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Message", jsonPath = Api.READY_MESSAGE, type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class ActiveLearningRound extends CustomResource<RoundSpec, RoundStatus> implements Namespaced {

    @Override
    protected RoundSpec initSpec() {
        return null;
    }

    @Override
    protected RoundStatus initStatus() {
        return null;
    }
}
