package io.viewal.worker.dataset.synthetic;

/** Chairs, sofas and beds. */
final class Seats {

    private final Draw draw;
    private final Materials materials;

    Seats(Draw draw) {
        this.draw = draw;
        this.materials = new Materials(draw);
    }

    /** Four legs, or one with a star foot. */
    Furnishing chair() {
        double width = draw.between(0.42, 0.52);
        double depth = draw.between(0.42, 0.52);
        double seat = draw.between(0.42, 0.48);
        double back = draw.between(0.38, 0.55);
        boolean office = draw.chance(0.35);
        boolean slats = draw.chance(0.5);
        Material frame = office ? materials.metal() : materials.wood();
        Material cover = office || draw.chance(0.5) ? materials.cloth() : frame;
        return new Furnishing(width, depth, seat + back, a -> {
            if (office) {
                officeFoot(a, frame, depth, seat);
            } else {
                legs(a, RoomClass.CHAIR, frame, new double[] {width, depth, seat - 0.04}, 0.04);
            }
            a.box(RoomClass.CHAIR, cover, 0, depth / 2, seat - 0.04, new double[] {width, depth, 0.06});
            backrest(a, office || !slats ? cover : frame, new double[] {width, seat, back}, slats && !office);
        });
    }

    private static void officeFoot(Assembly a, Material frame, double depth, double seat) {
        a.cylinder(RoomClass.CHAIR, frame, 0, depth / 2, 0.08, 0.03, seat - 0.12);
        for (int i = 0; i < 5; i++) {
            Assembly spoke = a.at(0, depth / 2, 0.04, i * 1.2566370614359172);
            spoke.box(RoomClass.CHAIR, frame, 0, 0.14, 0, new double[] {0.04, 0.28, 0.05});
        }
    }

    private static void backrest(Assembly a, Material material, double[] size, boolean slats) {
        Assembly back = a.at(0, 0.02, size[1], 0).tilted(0.12);
        if (!slats) {
            back.box(RoomClass.CHAIR, material, 0, 0, 0, new double[] {size[0] * 0.95, 0.05, size[2]});
            return;
        }
        for (int side = -1; side <= 1; side += 2) {
            back.box(RoomClass.CHAIR, material, side * (size[0] / 2 - 0.02), 0, 0, new double[] {0.04, 0.04, size[2]});
        }
        for (int i = 1; i <= 3; i++) {
            back.box(RoomClass.CHAIR, material, 0, 0, size[2] * i / 3 - 0.07, new double[] {size[0], 0.025, 0.07});
        }
    }

    /** Two or three places, with arms, cushions and maybe pillows. */
    Furnishing sofa() {
        int places = draw.whole(1, 3);
        double width = 0.45 + 0.62 * places;
        double depth = draw.between(0.8, 0.95);
        double back = draw.between(0.72, 0.9);
        Material cover = draw.chance(0.3) ? materials.leather() : materials.cloth();
        Material pillow = materials.cloth();
        boolean pillows = draw.chance(0.6);
        double pillowTurn = draw.between(-0.4, 0.4);
        return new Furnishing(width, depth, back, a -> {
            a.box(RoomClass.SOFA, cover, 0, depth / 2, 0.06, new double[] {width, depth - 0.02, 0.22});
            a.box(RoomClass.SOFA, cover, 0, 0.11, 0.06, new double[] {width, 0.22, back - 0.06});
            for (int side = -1; side <= 1; side += 2) {
                a.box(RoomClass.SOFA, cover, side * (width / 2 - 0.1), depth / 2, 0.06, new double[] {0.2, depth, 0.54
                });
                if (pillows) {
                    a.at(side * (width / 2 - 0.36), 0.33, 0.44, side * pillowTurn)
                            .tilted(0.35)
                            .ellipsoid(RoomClass.SOFA, pillow, 0, 0, 0.17, new double[] {0.42, 0.18, 0.4});
                }
            }
            double place = (width - 0.42) / places;
            for (int i = 0; i < places; i++) {
                double x = (i - (places - 1) / 2.0) * place;
                a.box(RoomClass.SOFA, cover, x, depth / 2 + 0.1, 0.28, new double[] {place - 0.02, depth - 0.24, 0.16});
                a.box(RoomClass.SOFA, cover, x, 0.27, 0.44, new double[] {place - 0.03, 0.14, back - 0.42});
            }
        });
    }

    /** Frame, mattress, blanket, pillows and a headboard against the wall. */
    Furnishing bed() {
        double width = draw.chance(0.6) ? draw.between(1.4, 1.8) : draw.between(0.9, 1.1);
        double length = draw.between(1.95, 2.1);
        double top = draw.between(0.42, 0.55);
        double head = draw.between(0.75, 1.15);
        double folded = draw.between(0.55, 0.8);
        int pillows = width > 1.2 ? 2 : 1;
        Material frame = draw.chance(0.7) ? materials.wood() : materials.cloth();
        Material sheet = materials.linen();
        Material blanket = materials.cloth();
        Material pillow = draw.chance(0.6) ? materials.linen() : materials.cloth();
        return new Furnishing(width, length, head, a -> {
            a.box(RoomClass.BED, frame, 0, 0.04, 0, new double[] {width, 0.08, head});
            a.box(RoomClass.BED, frame, 0, length / 2, 0.12, new double[] {width, length, 0.16});
            legs(a, RoomClass.BED, frame, new double[] {width, length, 0.12}, 0.07);
            a.box(RoomClass.BED, sheet, 0, length / 2 + 0.04, 0.28, new double[] {width - 0.06, length - 0.1, top - 0.3
            });
            double covered = length * folded;
            a.box(RoomClass.BED, blanket, 0, length - covered / 2, 0.2, new double[] {width + 0.04, covered, top - 0.15
            });
            for (int i = 0; i < pillows; i++) {
                double x = pillows == 1 ? 0 : (i - 0.5) * width * 0.48;
                a.ellipsoid(RoomClass.BED, pillow, x, 0.33, top + 0.03, new double[] {0.62, 0.42, 0.2});
            }
        });
    }

    /** Four square legs at the corners of a size (width, depth, height). */
    static void legs(Assembly a, RoomClass label, Material material, double[] size, double thick) {
        for (int side = -1; side <= 1; side += 2) {
            double x = side * (size[0] - thick) / 2;
            a.box(label, material, x, thick / 2, 0, new double[] {thick, thick, size[2]});
            a.box(label, material, x, size[1] - thick / 2, 0, new double[] {thick, thick, size[2]});
        }
    }
}
