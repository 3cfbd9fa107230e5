package io.viewal.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Rounds that compare ways to choose regions: some arms, each with some seeds. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@ShortNames("ale")
@ValidationRule(value = "size(self.metadata.name) <= 63", message = "the name must have at most 63 characters")
@AdditionalPrinterColumn(name = "Arms", jsonPath = ".status.arms", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Rounds", jsonPath = ".status.progress", type = Type.STRING)
@AdditionalPrinterColumn(name = "Best", jsonPath = ".status.best.arm", type = Type.STRING)
@AdditionalPrinterColumn(name = "mIoU", jsonPath = ".status.best.meanIoU", type = Type.NUMBER)
@AdditionalPrinterColumn(name = "Labeled", jsonPath = ".status.labeledFraction", type = Type.NUMBER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = Api.READY_STATUS, type = Type.STRING)
@AdditionalPrinterColumn(name = "Reason", jsonPath = Api.READY_REASON, type = Type.STRING)
@AdditionalPrinterColumn(name = "Dataset", jsonPath = ".spec.dataset", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Class", jsonPath = ".status.className", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Message", jsonPath = Api.READY_MESSAGE, type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class ActiveLearningExperiment extends CustomResource<ExperimentSpec, ExperimentStatus>
        implements Namespaced {

    @Override
    protected ExperimentSpec initSpec() {
        return null;
    }

    @Override
    protected ExperimentStatus initStatus() {
        return null;
    }
}
