package io.viewal.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Posed RGB-D frames of some scenes, and how they are prepared for rounds. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@ShortNames("mvd")
@ValidationRule(value = "size(self.metadata.name) <= 63", message = "the name must have at most 63 characters")
@AdditionalPrinterColumn(name = "Scenes", jsonPath = ".status.scenes", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Frames", jsonPath = ".status.frames", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Classes", jsonPath = ".status.classes", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Progress", jsonPath = ".status.progress", type = Type.STRING)
@AdditionalPrinterColumn(name = "Ready", jsonPath = Api.READY_STATUS, type = Type.STRING)
@AdditionalPrinterColumn(name = "Reason", jsonPath = Api.READY_REASON, type = Type.STRING)
@AdditionalPrinterColumn(name = "Class", jsonPath = ".status.className", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Message", jsonPath = Api.READY_MESSAGE, type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class MultiViewDataset extends CustomResource<DatasetSpec, DatasetStatus> implements Namespaced {

    @Override
    protected DatasetSpec initSpec() {
        return null;
    }

    @Override
    protected DatasetStatus initStatus() {
        return null;
    }
}
