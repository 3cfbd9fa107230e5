package io.viewal.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DevicesTest {

    /** The number is read once, and the other tests of this process shall have all threads. */
    @BeforeAll
    static void load() {
        Engine.getInstance();
    }

    @AfterEach
    void forget() {
        System.clearProperty(Devices.THREADS);
    }

    @Test
    void engineGetsAThreadAProcessor() {
        System.clearProperty(Devices.THREADS);

        Devices.best();

        assertThat(System.getProperty(Devices.THREADS))
                .isEqualTo(Integer.toString(Runtime.getRuntime().availableProcessors()));
    }

    @Test
    void keepsTheNumberOfThreadsThatIsSet() {
        System.setProperty(Devices.THREADS, "1");

        Devices.best();

        assertThat(System.getProperty(Devices.THREADS)).isEqualTo("1");
    }

    @Test
    void saysWhichDeviceItIs() {
        assertThat(Devices.name(Device.cpu())).isEqualTo("cpu");
        assertThat(Devices.name(Device.gpu(1))).isEqualTo("gpu 1");
    }
}
