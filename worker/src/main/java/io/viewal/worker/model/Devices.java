package io.viewal.worker.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.List;
import java.util.stream.IntStream;

/** Where the network runs. */
final class Devices {

    /** Read by the engine when it is loaded. */
    static final String THREADS = "ai.djl.pytorch.num_threads";

    private Devices() {}

    /**
     * The first GPU that the engine can use, or else the CPU with a thread a processor. Left to itself the engine counts
     * the machine's processors, not those that a container's limit leaves, and its threads then wait for each other. It
     * must not have been loaded before; a number set by the user is kept.
     */
    static Device best() {
        if (System.getProperty(THREADS) == null) {
            int processors = Runtime.getRuntime().availableProcessors();
            System.setProperty(THREADS, Integer.toString(processors));
        }
        return Engine.getInstance().getGpuCount() > 0 ? Device.gpu(0) : Device.cpu();
    }

    /** All GPUs that the engine can use, or else the CPU; the first is {@link #best}. */
    static List<Device> all() {
        Device first = best();
        return first.isGpu()
                ? IntStream.range(0, Engine.getInstance().getGpuCount())
                        .mapToObj(Device::gpu)
                        .toList()
                : List.of(first);
    }

    /** {@code cpu} or {@code gpu 0}. */
    static String name(Device device) {
        return device.isGpu() ? "gpu " + device.getDeviceId() : "cpu";
    }
}
