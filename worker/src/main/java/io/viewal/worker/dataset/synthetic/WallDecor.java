package io.viewal.worker.dataset.synthetic;

/** What hangs on walls or is let into them; origins are the middle of the underside, y out of the wall. */
final class WallDecor {

    private final Draw draw;
    private final Materials materials;

    WallDecor(Draw draw) {
        this.draw = draw;
        this.materials = new Materials(draw);
    }

    /** A frame around a painting. */
    void picture(Assembly a, double width, double height) {
        Material frame = draw.chance(0.5) ? materials.wood() : materials.plastic();
        double border = draw.between(0.02, 0.06);
        a.box(RoomClass.PICTURE, frame, 0, 0.015, 0, new double[] {width, 0.03, height});
        a.box(RoomClass.PICTURE, materials.painting(), 0, 0.031, border, new double[] {
            width - 2 * border, 0.004, height - 2 * border
        });
    }

    /** Glass in a frame with a cross bar, a sill, and maybe curtains. */
    void window(Assembly a, double width, double height) {
        Material frame = draw.chance(0.7) ? Material.plain(Rgb.grey(0.92), 0) : materials.wood();
        a.pane(RoomClass.WINDOW, materials.outdoors(), 0, 0.005, 0, new double[] {width, 0.01, height});
        double bar = 0.06;
        for (int side = -1; side <= 1; side++) {
            double x = side * (width - bar) / 2;
            a.box(RoomClass.WINDOW, frame, x, 0.03, 0, new double[] {bar, 0.06, height});
        }
        a.box(RoomClass.WINDOW, frame, 0, 0.06, -0.03, new double[] {width + 0.1, 0.14, 0.04});
        a.box(RoomClass.WINDOW, frame, 0, 0.03, height - bar, new double[] {width, 0.06, bar});
        a.box(RoomClass.WINDOW, frame, 0, 0.03, 0, new double[] {width, 0.06, bar});
        if (draw.chance(0.5)) {
            curtains(a, width, height);
        }
    }

    private void curtains(Assembly a, double width, double height) {
        Material cloth = materials.cloth();
        double drawn = draw.between(0.1, 0.3) * width;
        for (int side = -1; side <= 1; side += 2) {
            int folds = 4;
            for (int i = 0; i < folds; i++) {
                double x = side * (width / 2 + 0.08 - (i + 0.5) * drawn / folds);
                a.cylinder(RoomClass.WINDOW, cloth, x, 0.11, -0.2, drawn / folds * 0.6, height + 0.3);
            }
        }
    }

    /** A closed door: part of the wall, as the 13 classes have it. */
    void door(Assembly a, double width, double height) {
        Material leaf = materials.carcass();
        Material frame = draw.chance(0.5) ? leaf : Material.plain(Rgb.grey(0.9), 0);
        a.box(RoomClass.WALL, leaf, 0, 0.01, 0, new double[] {width, 0.02, height});
        for (int side = -1; side <= 1; side += 2) {
            a.box(RoomClass.WALL, frame, side * width / 2, 0.02, 0, new double[] {0.09, 0.04, height + 0.05});
        }
        a.box(RoomClass.WALL, frame, 0, 0.02, height, new double[] {width, 0.04, 0.08});
        a.box(RoomClass.WALL, materials.metal(), width * 0.4, 0.04, 1.02, new double[] {0.12, 0.04, 0.03});
    }
}
