package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.contract.PrepareParameters;
import io.viewal.contract.StageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files that a worker finds in its pod, and where it may write. */
final class WorkerVolumes {

    static final String REQUEST_DIR = "/etc/viewal/request";
    static final String REQUEST_FILE = "request.json";
    static final String CREDENTIALS_DIR = "/etc/viewal/credentials";
    static final String CA_DIR = "/etc/viewal/ca";
    static final String CA_FILE = "ca.crt";
    static final String SCRATCH_DIR = "/scratch";

    private static final String CREDENTIALS = "credentials";
    private static final String AUTHORITIES = "ca";
    private static final String SOURCE = "source";
    private static final String SHARED_MEMORY = "shared-memory";

    private WorkerVolumes() {}

    static List<VolumeMount> mounts(StageRequest request, PodSetting setting) {
        List<VolumeMount> mounts = new ArrayList<>(List.of(mount("request", REQUEST_DIR, true)));
        if (setting.store().credentialsSecretName() != null) {
            mounts.add(mount(CREDENTIALS, CREDENTIALS_DIR, true));
        }
        if (setting.store().caConfigMapName() != null) {
            mounts.add(mount(AUTHORITIES, CA_DIR, true));
        }
        mounts.add(mount("scratch", SCRATCH_DIR, false));
        mounts.add(mount("tmp", "/tmp", false));
        source(request).ifPresent(volume -> mounts.add(mount(SOURCE, PrepareParameters.Volume.MOUNT, true)));
        if (setting.pods().sharedMemory() != null) {
            mounts.add(mount(SHARED_MEMORY, "/dev/shm", false));
        }
        return mounts;
    }

    static List<Volume> of(StageRequest request, PodSetting setting) {
        Volume asked = new VolumeBuilder()
                .withName("request")
                .withNewDownwardAPI()
                .addNewItem()
                .withPath(REQUEST_FILE)
                .withNewFieldRef()
                .withFieldPath("metadata.annotations['" + JobLabels.REQUEST + "']")
                .endFieldRef()
                .endItem()
                .endDownwardAPI()
                .build();
        List<Volume> volumes = new ArrayList<>(List.of(asked));
        volumes.addAll(ofStore(setting.store()));
        volumes.add(emptyDir("scratch", null, setting.pods().scratch()));
        volumes.add(emptyDir("tmp", null, setting.pods().scratch()));
        source(request)
                .ifPresent(volume -> volumes.add(new VolumeBuilder()
                        .withName(SOURCE)
                        .withNewPersistentVolumeClaim(volume.claimName(), true)
                        .build()));
        if (setting.pods().sharedMemory() != null) {
            volumes.add(emptyDir(SHARED_MEMORY, "Memory", setting.pods().sharedMemory()));
        }
        return volumes;
    }

    /** What the store is opened with: keys, unless pods have an identity of their own, and whom to trust. */
    private static List<Volume> ofStore(StoreReference store) {
        List<Volume> volumes = new ArrayList<>();
        if (store.credentialsSecretName() != null) {
            volumes.add(new VolumeBuilder()
                    .withName(CREDENTIALS)
                    .withNewSecret()
                    .withSecretName(store.credentialsSecretName())
                    // Whoever the container runs as: nobody else is in it.
                    .withDefaultMode(0444)
                    .endSecret()
                    .build());
        }
        if (store.caConfigMapName() != null) {
            volumes.add(new VolumeBuilder()
                    .withName(AUTHORITIES)
                    .withNewConfigMap()
                    .withName(store.caConfigMapName())
                    .endConfigMap()
                    .build());
        }
        return volumes;
    }

    /** The volume that a data set is read from. */
    private static Optional<PrepareParameters.Volume> source(StageRequest request) {
        return request.parameters() instanceof PrepareParameters prepare && prepare.source() != null
                ? Optional.ofNullable(prepare.source().volume())
                : Optional.empty();
    }

    private static VolumeMount mount(String volume, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(readOnly ? Boolean.TRUE : null)
                .build();
    }

    private static Volume emptyDir(String name, String medium, String limit) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withMedium(medium)
                .withSizeLimit(limit == null ? null : new Quantity(limit))
                .endEmptyDir()
                .build();
    }
}
