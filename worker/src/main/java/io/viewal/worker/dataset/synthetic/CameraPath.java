package io.viewal.worker.dataset.synthetic;

import io.viewal.worker.dataset.ImageSize;
import io.viewal.worker.dataset.Intrinsics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the frames of a room are taken from. About five frames in a row look at the same spot from an arc around it, at
 * different distances and heights; the spots are spread over the room. So every surface of interest is in several
 * frames that differ in angle, scale and what hides what.
 */
final class CameraPath {

    private static final int FRAMES_A_SPOT = 5;
    private static final int TRIES = 60;
    private static final double CLEARANCE = 0.2;
    private static final ImageSize GRID = new ImageSize(12, 9);

    private final Room room;
    private final Renderer renderer;
    private final Intrinsics camera;
    private final ImageSize size;
    private final Draw draw;

    CameraPath(Room room, Renderer renderer, Intrinsics camera, ImageSize size, Draw draw) {
        this.room = room;
        this.renderer = renderer;
        this.camera = camera;
        this.size = size;
        this.draw = draw;
    }

    List<Viewpoint> walk(int frames) {
        int spots = Math.max(1, (frames + FRAMES_A_SPOT / 2) / FRAMES_A_SPOT);
        List<RoomClass> subjects = subjects();
        List<Viewpoint> path = new ArrayList<>();
        for (int s = 0; s < spots; s++) {
            double[] target = spot(subjects.get(s % subjects.size()));
            int first = frames * s / spots;
            int last = frames * (s + 1) / spots;
            double facing = StrictMath.atan2(room.depth() / 2 - target[1], room.width() / 2 - target[0]);
            for (int i = first; i < last; i++) {
                double arc = last - first == 1 ? 0.5 : (double) (i - first) / (last - first - 1);
                path.add(view(target, facing + (arc - 0.5) * 2.1));
            }
        }
        return path;
    }

    /** The classes that stand or hang in the room, in random order, so that rare ones are looked at as well. */
    private List<RoomClass> subjects() {
        List<RoomClass> left = new ArrayList<>(room.solids().stream()
                .map(Solid::label)
                .filter(label -> label != null && label != RoomClass.WALL && label != RoomClass.FLOOR)
                .distinct()
                .sorted()
                .toList());
        List<RoomClass> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            shuffled.add(left.remove(draw.index(left.size())));
        }
        return shuffled;
    }

    /** A point near something of a class. */
    private double[] spot(RoomClass subject) {
        List<Solid> parts =
                room.solids().stream().filter(solid -> solid.label() == subject).toList();
        Place part = parts.get(draw.index(parts.size())).place();
        return new double[] {part.x(), part.y(), Math.max(0.5, Math.min(1.4, part.z()))};
    }

    /** The best of some tries to look at a target from about a direction. */
    private Viewpoint view(double[] target, double direction) {
        Viewpoint best = null;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < TRIES && bestScore < 1; i++) {
            double angle = direction + draw.between(-0.25, 0.25) * (1 + i / 20);
            double distance = draw.between(1.1, 4.0);
            boolean upward = draw.chance(0.3);
            double[] eye = {
                clamp(target[0] + distance * StrictMath.cos(angle), room.width()),
                clamp(target[1] + distance * StrictMath.sin(angle), room.depth()),
                upward ? draw.between(0.7, 1.3) : draw.between(0.9, 1.9)
            };
            double[] aim = {
                target[0] + draw.between(-0.35, 0.35),
                target[1] + draw.between(-0.35, 0.35),
                target[2] + (upward ? draw.between(0.4, 0.9) : draw.between(-0.25, 0.35))
            };
            Viewpoint view = Viewpoint.lookingAt(eye, aim, draw.between(-0.06, 0.06));
            double score = inSolid(eye) ? -1 : score(view);
            if (score > bestScore) {
                best = view;
                bestScore = score;
            }
        }
        return best;
    }

    private static double clamp(double position, double length) {
        return Math.max(0.3, Math.min(length - 0.3, position));
    }

    /** 1 and more for a view that is worth having: little right before the lens, and several classes to see. */
    private double score(Viewpoint view) {
        Rendering probe = renderer.probe(view, camera, size, GRID);
        int near = 0;
        double depth = 0;
        Set<Byte> classes = new HashSet<>();
        for (int p = 0; p < GRID.pixels(); p++) {
            near += probe.depth()[p] < 0.6 ? 1 : 0;
            depth += Math.min(4, probe.depth()[p]) / GRID.pixels();
            classes.add(probe.labels()[p]);
        }
        double blocked = (double) near / GRID.pixels();
        return Math.min(classes.size(), 5) / 5.0 + Math.min(0, depth - 1.3) + Math.min(0, 0.1 - blocked) * 4;
    }

    private boolean inSolid(double[] eye) {
        for (Solid solid : room.solids()) {
            double[] box = solid.bounds();
            boolean inside = true;
            for (int axis = 0; axis < 3; axis++) {
                inside &= eye[axis] > box[axis] - CLEARANCE && eye[axis] < box[3 + axis] + CLEARANCE;
            }
            if (inside) {
                return true;
            }
        }
        return false;
    }
}
