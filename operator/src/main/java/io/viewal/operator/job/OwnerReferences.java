package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.viewal.api.v1alpha1.Api;
import io.viewal.contract.Owner;

/** Makes what is made for a resource go with it. */
public final class OwnerReferences {

    private OwnerReferences() {}

    /** The reference to the one resource that controls it. */
    public static OwnerReference to(Owner owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(Api.GROUP + "/" + Api.VERSION)
                .withKind(owner.kind())
                .withName(owner.name())
                .withUid(owner.uid())
                .withController(true)
                .build();
    }
}
