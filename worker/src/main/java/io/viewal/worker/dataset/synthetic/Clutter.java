package io.viewal.worker.dataset.synthetic;

/** Books, screens and the small things that lie about. */
final class Clutter {

    private final Draw draw;
    private final Materials materials;

    Clutter(Draw draw) {
        this.draw = draw;
        this.materials = new Materials(draw);
    }

    /** Something small on a surface at a height. */
    void onTop(Assembly a, double x, double y, double z) {
        Assembly spot = a.at(x, y, z, draw.between(-0.6, 0.6));
        switch (draw.index(7)) {
            case 0 -> vase(spot);
            case 1 -> lamp(spot);
            case 2, 3 -> books(spot);
            case 4 -> plant(spot, 0.5);
            case 5 -> carton(spot, draw.between(0.12, 0.25));
            default -> mugs(spot);
        }
    }

    /** Something larger on the floor. */
    Furnishing onFloor() {
        return switch (draw.index(5)) {
            case 0 -> new Furnishing(0.4, 0.4, 0.9, a -> plant(a.at(0, 0.2, 0, 0), 1.2));
            case 1 -> new Furnishing(0.3, 0.3, 0.4, a -> bin(a.at(0, 0.15, 0, 0)));
            case 2 -> new Furnishing(0.5, 0.5, 0.4, a -> carton(a.at(0, 0.25, 0, draw.between(-0.5, 0.5)), 0.4));
            case 3 -> new Furnishing(0.3, 0.3, 0.3, a -> ball(a.at(0, 0.15, 0, 0)));
            default -> new Furnishing(0.4, 0.4, 1.5, a -> floorLamp(a.at(0, 0.2, 0, 0)));
        };
    }

    /** A few books lying on each other. */
    void books(Assembly a) {
        double z = 0;
        int count = draw.whole(1, 5);
        for (int i = 0; i < count; i++) {
            double thick = draw.between(0.02, 0.05);
            a.at(0, 0, z, draw.between(-0.3, 0.3)).box(RoomClass.BOOKS, materials.bookCover(), 0, 0, 0, new double[] {
                draw.between(0.16, 0.22), draw.between(0.22, 0.3), thick
            });
            z += thick;
        }
    }

    /** Books standing in a row, some of them leaning, with gaps. */
    void bookRow(Assembly a, double width, double depth, double height) {
        double x = -width / 2;
        while (true) {
            double thick = draw.between(0.025, 0.065);
            if (x + thick > width / 2 - 0.04) {
                return;
            }
            double tall = height * draw.between(0.6, 0.93);
            double deep = depth * draw.between(0.6, 0.95);
            a.box(RoomClass.BOOKS, materials.bookCover(), x + thick / 2, deep / 2, 0, new double[] {
                thick - 0.002, deep, tall
            });
            x += thick;
            if (draw.chance(0.06)) {
                x += draw.between(0.08, 0.3);
            }
        }
    }

    /** A television or a monitor on its foot, facing y. */
    void screen(Assembly a, double width) {
        Material black = Material.plain(Rgb.grey(draw.between(0.1, 0.2)), 0).gloss(0.5);
        double height = width * 0.58;
        a.box(RoomClass.TV, black, 0, 0, 0, new double[] {width * 0.45, 0.18, 0.015});
        a.box(RoomClass.TV, black, 0, -0.02, 0.015, new double[] {0.06, 0.04, 0.1});
        a.box(RoomClass.TV, black, 0, 0, 0.07, new double[] {width, 0.05, height});
        a.box(RoomClass.TV, materials.screen(), 0, 0.027, 0.085, new double[] {width - 0.04, 0.006, height - 0.03});
    }

    private void vase(Assembly a) {
        Material ceramic = materials.ceramic();
        double size = draw.between(0.1, 0.18);
        a.ellipsoid(RoomClass.OBJECTS, ceramic, 0, 0, size * 0.8, new double[] {size, size, size * 1.6});
        a.cylinder(RoomClass.OBJECTS, ceramic, 0, 0, size * 1.3, size * 0.22, size * 0.6);
    }

    private void lamp(Assembly a) {
        a.cylinder(RoomClass.OBJECTS, materials.metal(), 0, 0, 0, 0.07, 0.02);
        a.cylinder(RoomClass.OBJECTS, materials.metal(), 0, 0, 0.02, 0.012, 0.25);
        a.cylinder(RoomClass.OBJECTS, materials.lampshade(), 0, 0, 0.25, 0.11, 0.18);
    }

    private void floorLamp(Assembly a) {
        a.cylinder(RoomClass.OBJECTS, materials.metal(), 0, 0, 0, 0.14, 0.03);
        a.cylinder(RoomClass.OBJECTS, materials.metal(), 0, 0, 0.03, 0.015, 1.25);
        a.cylinder(RoomClass.OBJECTS, materials.lampshade(), 0, 0, 1.25, 0.18, 0.28);
    }

    private void plant(Assembly a, double size) {
        double pot = 0.13 * size;
        a.cylinder(RoomClass.OBJECTS, materials.ceramic(), 0, 0, 0, pot, 0.22 * size);
        Material leaves = materials.leaves();
        int bunches = draw.whole(4, 7);
        for (int i = 0; i < bunches; i++) {
            Assembly bunch = a.at(
                    draw.between(-0.1, 0.1) * size, draw.between(-0.1, 0.1) * size, 0.25 * size, draw.between(0, 3));
            double[] extent = {0.07 * size, 0.2 * size, draw.between(0.25, 0.45) * size};
            bunch.tilted(draw.between(-0.7, 0.7)).ellipsoid(RoomClass.OBJECTS, leaves, 0, 0, extent[2] / 2, extent);
        }
    }

    private void carton(Assembly a, double size) {
        Material card = draw.chance(0.5)
                ? Material.plain(Rgb.hsv(0.085, 0.45, draw.between(0.5, 0.75)), 0)
                : materials.plastic();
        double[] extent = {size, size * draw.between(0.6, 1), size * draw.between(0.4, 0.9)};
        a.box(label(), card, 0, 0, 0, extent);
    }

    private void mugs(Assembly a) {
        int count = draw.whole(1, 3);
        for (int i = 0; i < count; i++) {
            a.cylinder(label(), materials.ceramic(), i * 0.11 - 0.1, draw.between(-0.06, 0.06), 0, 0.04, 0.1);
        }
    }

    private void bin(Assembly a) {
        a.cylinder(RoomClass.OBJECTS, materials.plastic(), 0, 0, 0, 0.14, draw.between(0.25, 0.4));
    }

    private void ball(Assembly a) {
        double size = draw.between(0.16, 0.28);
        a.ellipsoid(RoomClass.OBJECTS, materials.ceramic(), 0, 0, size / 2, new double[] {size, size, size});
    }

    /** Now and then nobody said what a thing is: void. */
    private RoomClass label() {
        return draw.chance(0.15) ? null : RoomClass.OBJECTS;
    }
}
