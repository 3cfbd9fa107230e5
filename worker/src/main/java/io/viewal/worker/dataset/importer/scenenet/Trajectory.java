package io.viewal.worker.dataset.importer.scenenet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What matters of a trajectory in {@code scenenet.proto}.
 *
 * @param renderPath folder of its images, below that of the data set's part
 * @param views in their order
 * @param instances by the ids of the instance images
 */
record Trajectory(String renderPath, List<View> views, Map<Integer, Instance> instances) {

    private static final int BACKGROUND = 1;

    /**
     * A rendered view; light is gathered from when the shutter opens until it closes.
     *
     * @param number names its images
     */
    record View(int number, Pose open, Pose close) {}

    /** Where the camera is, and a point that it looks at; three numbers each. */
    record Pose(double[] camera, double[] lookAt) {

        /** Half of the way between two poses. */
        Pose middle(Pose other) {
            return new Pose(mean(camera, other.camera), mean(lookAt, other.lookAt));
        }

        private static double[] mean(double[] a, double[] b) {
            return new double[] {(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2};
        }
    }

    /**
     * Something that images show.
     *
     * @param wordNetId of its kind; empty for the background
     * @param english name of its kind
     */
    record Instance(boolean background, String wordNetId, String english) {}

    /** Reads a message {@code Trajectory}. */
    static Trajectory parse(ProtoReader in) {
        String renderPath = "";
        List<View> views = new ArrayList<>();
        Map<Integer, Instance> instances = new HashMap<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 2 -> instance(in.message(), instances);
                case 3 -> views.add(view(in.message()));
                case 4 -> renderPath = in.text();
                default -> in.skip();
            }
        }
        return new Trajectory(renderPath, views, instances);
    }

    private static void instance(ProtoReader in, Map<Integer, Instance> instances) {
        int id = 0;
        int type = 0;
        String wordNetId = "";
        String english = "";
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> id = in.number();
                case 2 -> wordNetId = in.text();
                case 3 -> english = in.text();
                case 4 -> type = in.number();
                default -> in.skip();
            }
        }
        instances.put(id, new Instance(type == BACKGROUND, wordNetId, english));
    }

    private static View view(ProtoReader in) {
        int number = 0;
        Pose open = null;
        Pose close = null;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> number = in.number();
                case 2 -> open = pose(in.message());
                case 3 -> close = pose(in.message());
                default -> in.skip();
            }
        }
        if (open == null || close == null) {
            throw new ProtoReader.MalformedException("view " + number + " lacks a pose");
        }
        return new View(number, open, close);
    }

    private static Pose pose(ProtoReader in) {
        double[] camera = new double[3];
        double[] lookAt = new double[3];
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> camera = position(in.message());
                case 2 -> lookAt = position(in.message());
                default -> in.skip();
            }
        }
        return new Pose(camera, lookAt);
    }

    private static double[] position(ProtoReader in) {
        double[] position = new double[3];
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field <= 3) {
                position[field - 1] = in.real();
            } else {
                in.skip();
            }
        }
        return position;
    }
}
