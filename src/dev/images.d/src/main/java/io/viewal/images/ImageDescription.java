package io.viewal.images;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an image says of itself, but for its layers.
 *
 * @param title one line for people
 * @param environment variables that its processes start with
 * @param ports that it serves on
 */
record ImageDescription(String title, Map<String, String> environment, List<Integer> ports) {

    /** Not root, and nobody of the machine. */
    static final String USER = "10001:10001";

    /** The options, class path and main class are lines of a file, so that people can read and change them. */
    static final List<String> ENTRYPOINT = List.of("/opt/java/bin/java", "@/opt/viewal/java.args");

    private static final Map<String, String> JAVA = Map.of("JAVA_HOME", "/opt/java", "PATH", "/opt/java/bin");

    /** OpenMP threads that spin while they wait take the cores from everybody else. */
    private static final Map<String, String> ENGINE = Map.of("GOMP_SPINCOUNT", "0");

    /** What NVIDIA's container runtime reads: the devices come from the device plug-in. */
    private static final Map<String, String> CUDA =
            Map.of("NVIDIA_VISIBLE_DEVICES", "void", "NVIDIA_DRIVER_CAPABILITIES", "compute,utility");

    /**
     * The image of a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static ImageDescription of(String image) {
        return switch (image) {
            case "operator" ->
                new ImageDescription("viewal-operator: observes, plans and records rounds", JAVA, List.of(8080));
            case "worker" -> new ImageDescription("viewal worker on the CPU", with(JAVA, ENGINE), List.of());
            case "worker-cuda" ->
                new ImageDescription("viewal worker on CUDA", with(with(JAVA, ENGINE), CUDA), List.of());
            default ->
                throw new IllegalArgumentException(
                        "No image '" + image + "': expected operator, worker or worker-cuda");
        };
    }

    Map<String, String> labels(String version) {
        return Map.of(
                "org.opencontainers.image.title", title,
                "org.opencontainers.image.version", version,
                "org.opencontainers.image.licenses", "Apache-2.0");
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(some);
        all.putAll(more);
        return all;
    }
}
