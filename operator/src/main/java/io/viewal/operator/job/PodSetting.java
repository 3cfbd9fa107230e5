package io.viewal.operator.job;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.viewal.api.v1alpha1.PodResources;
import io.viewal.api.v1alpha1.RoundClassSpec;
import io.viewal.api.v1alpha1.StoreReference;
import io.viewal.api.v1alpha1.WorkerPods;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a stage's pods are made with: the class's settings and what the resource asks for within them.
 *
 * @param ownImage image that the resource names in the worker's place; empty: none
 * @param store that the work is pinned to
 * @param inherited from the resource
 */
public record PodSetting(
        RoundClassSpec roundClass, PodResources asked, String ownImage, StoreReference store, Inherited inherited) {

    /** One that inherits nothing. */
    PodSetting(RoundClassSpec roundClass, PodResources asked, String ownImage, StoreReference store) {
        this(roundClass, asked, ownImage, store, Inherited.NOTHING);
    }

    /** GPUs of a pod. */
    public int gpus() {
        return asked.gpus() == null ? 0 : asked.gpus();
    }

    /** CPUs of a pod. */
    public Quantity cpu() {
        return new Quantity(
                asked.cpu() == null ? roundClass.resources().defaults().cpu() : asked.cpu());
    }

    /** Memory of a pod. */
    public Quantity memory() {
        return new Quantity(
                asked.memory() == null ? roundClass.resources().defaults().memory() : asked.memory());
    }

    /** How pods of a class fit the platform. */
    public static WorkerPods pods(RoundClassSpec roundClass) {
        return roundClass.pods() == null ? WorkerPods.PLAIN : roundClass.pods();
    }

    WorkerPods pods() {
        return pods(roundClass);
    }

    /** Labels of Jobs and pods; the operator's own go before them. */
    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>(pods().labels());
        labels.putAll(inherited.labels());
        return labels;
    }

    Affinity affinity() {
        return pods().affinity() == null
                ? null
                : Serialization.unmarshal(Serialization.asJson(pods().affinity()), Affinity.class);
    }

    boolean limitsCpu() {
        return Boolean.TRUE.equals(roundClass.resources().limitCpu());
    }

    Long deadlineSeconds() {
        return roundClass.deadlineSeconds() == null
                ? null
                : (Long) roundClass.deadlineSeconds().longValue();
    }

    String image() {
        if (!ownImage.isEmpty()) {
            return ownImage;
        }
        RoundClassSpec.Worker worker = roundClass.worker();
        boolean ownGpuImage =
                gpus() > 0 && worker.gpuImage() != null && !worker.gpuImage().isEmpty();
        return ownGpuImage ? worker.gpuImage() : worker.image();
    }
}
