package io.viewal.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** What the platform offers to rounds and data sets: a store, worker images, limits. Like a StorageClass. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("roundclasses")
@ShortNames("alrc")
@AdditionalPrinterColumn(
        name = "Default",
        jsonPath = ".metadata.annotations['viewal\\.io/is-default-class']",
        type = Type.STRING)
@AdditionalPrinterColumn(name = "Endpoint", jsonPath = ".spec.store.endpoint", type = Type.STRING)
@AdditionalPrinterColumn(name = "Bucket", jsonPath = ".spec.store.bucket", type = Type.STRING)
@AdditionalPrinterColumn(name = "Image", jsonPath = ".spec.worker.image", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Prefix", jsonPath = ".spec.store.prefix", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class RoundClass extends CustomResource<RoundClassSpec, Void> {

    /** The annotation that, set to {@code "true"}, makes a class the one of resources that name none. */
    public static final String DEFAULT_ANNOTATION = "viewal.io/is-default-class";

    @Override
    protected RoundClassSpec initSpec() {
        return null;
    }

    @Override
    protected Void initStatus() {
        return null;
    }
}
