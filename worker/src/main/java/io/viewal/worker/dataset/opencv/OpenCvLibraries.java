package io.viewal.worker.dataset.opencv;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;

/**
 * Loads as much of OpenCV's native libraries as SEEDS, outlines, JPEGs and lenses need. JavaCPP's own loader also loads every module whose
 * Java types those of ximgproc inherit from; {@code highgui} is among them and wants GTK, which servers and containers lack.
 *
 * <p>The libraries come from the folder that the system property {@value #DIRECTORY} names (an image has one) or else from
 * the class path, unpacked into JavaCPP's cache.
 */
public final class OpenCvLibraries {

    /** Names the folder that holds the libraries side by side. */
    public static final String DIRECTORY = "viewal.opencv.dir";

    /** In the order in which they need each other: each finds those before it by the names they carry. */
    private static final List<String> IN_ORDER = List.of(
            "javacpp/libjnijavacpp.so",
            "openblas/libgcc_s.so.1",
            "openblas/libquadmath.so.0",
            "openblas/libgfortran.so.5",
            "openblas/libopenblas.so.0",
            "opencv/libopencv_core.so.413",
            "opencv/libopencv_imgproc.so.413",
            "opencv/libopencv_imgcodecs.so.413",
            "opencv/libopencv_flann.so.413",
            "opencv/libopencv_features2d.so.413",
            "opencv/libopencv_calib3d.so.413",
            "opencv/libopencv_dnn.so.413",
            "opencv/libopencv_video.so.413",
            "opencv/libopencv_ximgproc.so.413",
            "opencv/libjniopencv_core.so",
            "opencv/libjniopencv_imgproc.so",
            "opencv/libjniopencv_imgcodecs.so",
            "opencv/libjniopencv_calib3d.so",
            "opencv/libjniopencv_ximgproc.so");

    private OpenCvLibraries() {}

    /**
     * Loads what has not been loaded. To be called before the first of OpenCV's classes is touched. Its own threads are
     * turned off: frames are spread over the cores already.
     */
    public static synchronized void load() {
        System.setProperty("org.bytedeco.javacpp.loadlibraries", "false");
        String directory = System.getProperty(DIRECTORY);
        for (String library : IN_ORDER) {
            System.load(directory == null ? unpacked(library) : installed(Path.of(directory), library));
        }
        opencv_core.setNumThreads(1);
    }

    private static String installed(Path directory, String library) {
        return directory
                .resolve(Path.of(library).getFileName())
                .toAbsolutePath()
                .toString();
    }

    private static String unpacked(String library) {
        String[] parts = library.split("/");
        String resource = "/org/bytedeco/%s/%s/%s".formatted(parts[0], Loader.getPlatform(), parts[1]);
        try {
            File file = Loader.cacheResource(OpenCvLibraries.class, resource);
            if (file == null) {
                throw new UnsatisfiedLinkError("The class path has no " + resource
                        + ": add the org.bytedeco artifacts of this platform, or name the libraries' folder with -D"
                        + DIRECTORY);
            }
            return file.getAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't unpack " + resource, e);
        }
    }
}
