package io.viewal.worker.model;

import ai.djl.Device;
import ai.djl.engine.Engine;

/** Where the network runs. */
final class Devices {

    private Devices() {}

    /** The first GPU that the engine can use, or else the CPU. */
    static Device best() {
        return Engine.getInstance().getGpuCount() > 0 ? Device.gpu(0) : Device.cpu();
    }

    /** {@code cpu} or {@code gpu 0}. */
    static String name(Device device) {
        return device.isGpu() ? "gpu " + device.getDeviceId() : "cpu";
    }
}
