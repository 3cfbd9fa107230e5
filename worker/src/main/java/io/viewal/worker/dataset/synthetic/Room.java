package io.viewal.worker.dataset.synthetic;

import java.util.List;

/**
 * A furnished room: the inside of the box from 0 to its size.
 *
 * @param width along x, metres
 * @param depth along y, metres
 * @param height along z, metres
 * @param shell materials of the walls x = 0, x = width, y = 0, y = depth, of the floor and of the ceiling
 * @param solids what is in it
 * @param lights what lights it
 * @param ambient light from all sides
 */
record Room(
        double width,
        double depth,
        double height,
        List<Material> shell,
        List<Solid> solids,
        List<Light> lights,
        Rgb ambient) {

    static final int FLOOR = 4;
    static final int CEILING = 5;

    Room {
        shell = List.copyOf(shell);
        solids = List.copyOf(solids);
        lights = List.copyOf(lights);
    }

    /** The class of a side of the shell. */
    static RoomClass shellClass(int side) {
        return switch (side) {
            case FLOOR -> RoomClass.FLOOR;
            case CEILING -> RoomClass.CEILING;
            default -> RoomClass.WALL;
        };
    }
}
