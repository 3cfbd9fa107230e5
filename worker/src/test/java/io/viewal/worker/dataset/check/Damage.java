package io.viewal.worker.dataset.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.interchange.ColorImage;
import io.viewal.worker.dataset.interchange.ImageFiles;
import io.viewal.worker.dataset.interchange.IntegerImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.function.IntBinaryOperator;
import java.util.function.UnaryOperator;

/** Mistakes that people make when they write a scene's files, and what the check must call them. */
public enum Damage {
    DEPTH_READ_AS_METRES(Fault.DEPTH_SCALE, "by 0.001", scale(1000)),
    DEPTH_A_THOUSAND_TIMES_TOO_SMALL(Fault.DEPTH_SCALE, "by 1000", scale(0.001)),
    DEPTH_FOUR_TIMES_TOO_LARGE(Fault.DEPTH_SCALE, "by 0.25", scale(4)),
    DEPTH_FOUR_TIMES_TOO_SMALL(Fault.DEPTH_SCALE, "by 4", scale(0.25)),
    DEPTH_FIVE_TIMES_TOO_LARGE(Fault.DEPTH_SCALE, "by 0.2", scale(5)),
    DEPTH_FIVE_TIMES_TOO_SMALL(Fault.DEPTH_SCALE, "by 5", scale(0.2)),
    DEPTH_OF_AN_ODD_UNIT(Fault.DEPTH_SCALE, "depth_unit_scale_factor", scale(1.37)),
    OPENCV_AXES(Fault.CAMERA_AXES, "negate the 2nd and 3rd column", matrices(Damage::flip)),
    WORLD_TO_CAMERA(Fault.POSE_INVERTED, "write the inverse", matrices(Damage::inverse)),
    COLMAP_POSES(Fault.POSE_INVERTED, "2nd and 3rd column negated", matrices(m -> inverse(flip(m)))),
    DEPTH_ALONG_THE_RAY(Fault.RAY_DEPTH, "\"depth_kind\": \"ray\"", Damage::rays),
    SWAPPED_INTRINSICS(Fault.INTRINSICS_SWAPPED, "swap", frames(frame -> {
        swap(frame, "fl_x", "fl_y");
        swap(frame, "cx", "cy");
    })),
    INTRINSICS_OF_HALF_THE_SIZE(Fault.INTRINSICS_SIZE, "by 2", intrinsics(0.5)),
    INTRINSICS_OF_TWICE_THE_SIZE(Fault.INTRINSICS_SIZE, "by 0.5", intrinsics(2)),
    POSES_ONE_FRAME_LATE(Fault.TIME_OFFSET, "one frame", shift(1)),
    POSES_ONE_FRAME_EARLY(Fault.TIME_OFFSET, "one frame", shift(-1)),
    POSES_TWO_FRAMES_LATE(Fault.TIME_OFFSET, "2 frames", shift(2)),
    POSES_TWO_FRAMES_EARLY(Fault.TIME_OFFSET, "2 frames", shift(-2)),
    POSES_FOUR_FRAMES_LATE(Fault.TIME_OFFSET, "4 frames", shift(4)),
    COLOUR_OF_THE_FRAME_AFTER(Fault.TIME_OFFSET, "colour image", paths("file_path", (i, n) -> Math.min(i + 1, n - 1))),
    COLOURS_SHUFFLED(Fault.DOUBTFUL, "compare some colour images", paths("file_path", (i, n) -> i * 5 % n)),
    DEPTH_A_MILLION_TIMES_TOO_LARGE(Fault.DEPTH_SCALE, "by 0.000001", scale(1e6)),
    DEPTH_UPSIDE_DOWN(Fault.TURNED_IMAGES, "turn the depth images", turn("depth_file_path", true, false)),
    DEPTH_MIRRORED(Fault.TURNED_IMAGES, "turn the depth images", turn("depth_file_path", false, true)),
    COLOUR_TURNED_BY_HALF(Fault.TURNED_IMAGES, "turn the colour images", turn("file_path", true, true)),
    CAMERAS_ROLLED_BY_A_QUARTER(Fault.TURNED_IMAGES, "about its 3rd column", matrices(Damage::rolled)),
    FRAMES_FAR_APART(Fault.TOO_FEW_OVERLAPS, "add frames", Damage::moveApart),
    POSES_IN_REVERSE_ORDER(Fault.UNKNOWN, "with their source", Damage::reverse);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Fault fault;
    private final String fix;
    private final Change change;

    Damage(Fault fault, String fix, Change change) {
        this.fault = fault;
        this.fix = fix;
        this.change = change;
    }

    /** What the check must call it. */
    public Fault fault() {
        return fault;
    }

    /** Words that the proposed fix must have. */
    public String fix() {
        return fix;
    }

    /** Damages a scene. */
    public Path apply(Path scene) throws IOException {
        Path file = scene.resolve("transforms.json");
        ObjectNode root = (ObjectNode) MAPPER.readTree(file.toFile());
        change.apply(scene, root);
        Files.write(file, MAPPER.writeValueAsBytes(root));
        return scene;
    }

    private interface Change {
        void apply(Path scene, ObjectNode root) throws IOException;
    }

    private static Change scale(double factor) {
        return (scene, root) -> root.put(
                "depth_unit_scale_factor",
                factor * root.get("depth_unit_scale_factor").asDouble());
    }

    private static Change frames(Consumer<ObjectNode> change) {
        return (scene, root) -> root.get("frames").forEach(frame -> change.accept((ObjectNode) frame));
    }

    private static Change matrices(UnaryOperator<double[][]> change) {
        return frames(frame -> put(frame, change.apply(matrix(frame))));
    }

    private static Change intrinsics(double factor) {
        return frames(frame -> {
            for (String key : new String[] {"fl_x", "fl_y", "cx", "cy"}) {
                frame.put(key, factor * frame.get(key).asDouble());
            }
        });
    }

    /** Each frame gets the pose of the one so many before it; frames without one are left out. */
    private static Change shift(int by) {
        return (scene, root) -> {
            ArrayNode before = (ArrayNode) root.get("frames");
            ArrayNode after = MAPPER.createArrayNode();
            for (int i = 0; i < before.size(); i++) {
                if (i - by >= 0 && i - by < before.size()) {
                    ObjectNode frame = before.get(i).deepCopy();
                    frame.set("transform_matrix", before.get(i - by).get("transform_matrix"));
                    after.add(frame);
                }
            }
            root.set("frames", after);
        };
    }

    /** Each frame gets an image of another one, by their numbers. */
    private static Change paths(String key, IntBinaryOperator from) {
        return (scene, root) -> {
            JsonNode before = root.get("frames").deepCopy();
            for (int i = 0; i < before.size(); i++) {
                ObjectNode frame = (ObjectNode) root.get("frames").get(i);
                Path image = scene.resolve(frame.get(key).asText());
                Path other = scene.resolve(
                        before.get(from.applyAsInt(i, before.size())).get(key).asText());
                // The name of a frame is that of its colour image.
                Files.copy(other, image.resolveSibling(image.getFileName() + ".new"));
                frame.remove("sha256");
            }
            for (JsonNode frame : before) {
                Path image = scene.resolve(frame.get(key).asText());
                Files.move(
                        image.resolveSibling(image.getFileName() + ".new"), image, StandardCopyOption.REPLACE_EXISTING);
            }
        };
    }

    /** Writes the images of one kind with their rows or columns in reverse order. */
    private static Change turn(String key, boolean rows, boolean columns) {
        return (scene, root) -> {
            for (JsonNode frame : root.get("frames")) {
                Path file = scene.resolve(frame.get(key).asText());
                byte[] content = Files.readAllBytes(file);
                Files.write(
                        file,
                        key.equals("file_path")
                                ? ImageFiles.png(turned(ImageFiles.readColor(content), rows, columns))
                                : ImageFiles.png(turned(ImageFiles.readInteger(content), rows, columns)));
                ((ObjectNode) frame).remove("sha256");
            }
        };
    }

    private static int source(int p, ImageSize size, boolean rows, boolean columns) {
        int y = p / size.width();
        int x = p % size.width();
        return (rows ? size.height() - 1 - y : y) * size.width() + (columns ? size.width() - 1 - x : x);
    }

    private static ColorImage turned(ColorImage image, boolean rows, boolean columns) {
        byte[] rgb = new byte[image.rgb().length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = image.rgb()[3 * source(i / 3, image.size(), rows, columns) + i % 3];
        }
        return new ColorImage(image.size(), rgb);
    }

    private static IntegerImage turned(IntegerImage image, boolean rows, boolean columns) {
        char[] values = new char[image.values().length];
        for (int p = 0; p < values.length; p++) {
            values[p] = image.values()[source(p, image.size(), rows, columns)];
        }
        return new IntegerImage(image.size(), image.bits(), values);
    }

    /** As if the camera had been held upright, and the image's columns were its rows. */
    private static double[][] rolled(double[][] m) {
        double[][] rolled = new double[4][];
        for (int r = 0; r < 4; r++) {
            rolled[r] = new double[] {m[r][1], -m[r][0], m[r][2], m[r][3]};
        }
        return rolled;
    }

    private static void moveApart(Path scene, ObjectNode root) {
        for (int i = 0; i < root.get("frames").size(); i++) {
            ObjectNode frame = (ObjectNode) root.get("frames").get(i);
            double[][] matrix = matrix(frame);
            matrix[0][3] += 100 * i;
            put(frame, matrix);
        }
    }

    private static void reverse(Path scene, ObjectNode root) {
        JsonNode before = root.get("frames").deepCopy();
        for (int i = 0; i < before.size(); i++) {
            ((ObjectNode) root.get("frames").get(i))
                    .set("transform_matrix", before.get(before.size() - 1 - i).get("transform_matrix"));
        }
    }

    private static void rays(Path scene, ObjectNode root) throws IOException {
        for (JsonNode frame : root.get("frames")) {
            Path file = scene.resolve(frame.get("depth_file_path").asText());
            IntegerImage depth = ImageFiles.readInteger(Files.readAllBytes(file));
            int width = depth.size().width();
            // The depth image may be larger than the one that the intrinsics are for.
            double zoom = width / frame.get("w").asDouble();
            char[] rays = new char[depth.values().length];
            for (int p = 0; p < rays.length; p++) {
                double x = (p % width / zoom - frame.get("cx").asDouble())
                        / frame.get("fl_x").asDouble();
                double y = (p / width / zoom - frame.get("cy").asDouble())
                        / frame.get("fl_y").asDouble();
                rays[p] = (char) Math.rint(depth.values()[p] * Math.sqrt(1 + x * x + y * y));
            }
            Files.write(file, ImageFiles.png(new IntegerImage(depth.size(), depth.bits(), rays)));
            ((ObjectNode) frame).remove("sha256");
        }
    }

    private static void swap(ObjectNode frame, String a, String b) {
        JsonNode first = frame.get(a);
        frame.set(a, frame.get(b));
        frame.set(b, first);
    }

    private static double[][] matrix(ObjectNode frame) {
        double[][] matrix = new double[4][4];
        for (int i = 0; i < 16; i++) {
            matrix[i / 4][i % 4] =
                    frame.get("transform_matrix").get(i / 4).get(i % 4).asDouble();
        }
        return matrix;
    }

    private static void put(ObjectNode frame, double[][] matrix) {
        frame.set("transform_matrix", MAPPER.valueToTree(matrix));
    }

    private static double[][] flip(double[][] m) {
        double[][] flipped = new double[4][];
        for (int r = 0; r < 4; r++) {
            flipped[r] = new double[] {m[r][0], -m[r][1], -m[r][2], m[r][3]};
        }
        return flipped;
    }

    private static double[][] inverse(double[][] m) {
        double[][] inverse = new double[4][4];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                inverse[r][c] = m[c][r];
                inverse[r][3] -= m[c][r] * m[c][3];
            }
        }
        inverse[3][3] = 1;
        return inverse;
    }
}
