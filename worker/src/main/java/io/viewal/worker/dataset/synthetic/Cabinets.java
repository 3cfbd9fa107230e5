package io.viewal.worker.dataset.synthetic;

/** Tables and what things are kept in. */
final class Cabinets {

    private static final double BOARD = 0.03;

    private final Draw draw;
    private final Materials materials;
    private final Clutter clutter;

    Cabinets(Draw draw) {
        this.draw = draw;
        this.materials = new Materials(draw);
        this.clutter = new Clutter(draw);
    }

    /** A dining or coffee table, round or with four legs, with things on it. */
    Furnishing table(double width, double depth, double height) {
        Material wood = draw.chance(0.75) ? materials.wood() : materials.paint().gloss(0.5);
        boolean round = draw.chance(0.25);
        int things = draw.whole(1, 4);
        return new Furnishing(width, depth, height, a -> {
            if (round) {
                double radius = Math.min(width, depth) / 2;
                a.cylinder(RoomClass.TABLE, wood, 0, depth / 2, height - 0.04, radius, 0.04);
                a.cylinder(RoomClass.TABLE, wood, 0, depth / 2, 0.03, 0.05, height - 0.07);
                a.cylinder(RoomClass.TABLE, wood, 0, depth / 2, 0, radius * 0.55, 0.03);
            } else {
                a.box(RoomClass.TABLE, wood, 0, depth / 2, height - 0.04, new double[] {width, depth, 0.04});
                a.box(RoomClass.TABLE, wood, 0, depth / 2, height - 0.12, new double[] {width - 0.1, depth - 0.1, 0.08
                });
                Seats.legs(a, RoomClass.TABLE, wood, new double[] {width, depth, height - 0.04}, 0.06);
            }
            double reach = round ? 0.5 : 0.8;
            for (int i = 0; i < things; i++) {
                double x = (i + 0.5 - things / 2.0) / things * width * reach;
                clutter.onTop(a, x, depth / 2 + draw.between(-0.5, 0.5) * (depth * reach - 0.2), height);
            }
        });
    }

    /** A writing table against the wall, with a screen on it now and then. */
    Furnishing desk() {
        double width = draw.between(1.0, 1.5);
        double depth = draw.between(0.55, 0.75);
        double height = draw.between(0.71, 0.77);
        boolean screen = draw.chance(0.75);
        Material board = materials.wood();
        return new Furnishing(width, depth, height, a -> {
            a.box(RoomClass.TABLE, board, 0, depth / 2, height - BOARD, new double[] {width, depth, BOARD});
            for (int side = -1; side <= 1; side += 2) {
                double x = side * (width - BOARD) / 2;
                a.box(RoomClass.TABLE, board, x, depth / 2, 0, new double[] {BOARD, depth, height - BOARD});
            }
            if (screen) {
                clutter.screen(a.at(0, 0.2, height, 0), draw.between(0.5, 0.7));
            } else {
                clutter.books(a.at(0.1, depth / 2, height, 0.3));
            }
            clutter.onTop(a, width * 0.36, depth / 2, height);
            clutter.onTop(a, -width * 0.36, depth / 2, height);
        });
    }

    /** Open shelves with books and things. */
    Furnishing bookshelf() {
        double width = draw.between(0.7, 1.2);
        double depth = draw.between(0.26, 0.34);
        int rows = draw.whole(2, 5);
        double row = draw.between(0.32, 0.38);
        double height = rows * row + BOARD;
        Material carcass = materials.carcass();
        return new Furnishing(width, depth, height, a -> {
            a.box(RoomClass.FURNITURE, carcass, 0, 0.01, 0, new double[] {width, 0.02, height});
            for (int side = -1; side <= 1; side += 2) {
                double x = side * (width - BOARD) / 2;
                a.box(RoomClass.FURNITURE, carcass, x, depth / 2, 0, new double[] {BOARD, depth, height});
            }
            for (int i = 0; i <= rows; i++) {
                a.box(RoomClass.FURNITURE, carcass, 0, depth / 2, i * row, new double[] {width, depth, BOARD});
            }
            for (int i = 0; i < rows; i++) {
                Assembly shelf = a.at(0, 0.02, i * row + BOARD, 0);
                if (draw.chance(0.75)) {
                    clutter.bookRow(shelf, width - 2 * BOARD, depth - 0.03, row - BOARD);
                } else {
                    clutter.onTop(shelf, -width / 4, depth / 2, 0);
                    clutter.onTop(shelf, width / 4, depth / 2, 0);
                }
            }
        });
    }

    /** Drawers or doors: a chest, a wardrobe or a bedside table, by its size. */
    Furnishing cabinet(double width, double depth, double height) {
        Material carcass = materials.carcass();
        Material front = draw.chance(0.5) ? carcass : materials.carcass();
        Material handle = materials.metal();
        int columns = Math.max(1, (int) Math.round(width / 0.55));
        int rows = height > 1.4 ? 1 : Math.max(1, (int) Math.round(height / 0.28));
        boolean things = height < 1.3;
        return new Furnishing(width, depth, height, a -> {
            a.box(RoomClass.FURNITURE, carcass, 0, depth / 2 - 0.01, 0, new double[] {width, depth - 0.02, height});
            double w = width / columns;
            double h = (height - 0.08) / rows;
            for (int c = 0; c < columns; c++) {
                for (int r = 0; r < rows; r++) {
                    double x = (c + 0.5) * w - width / 2;
                    double z = 0.06 + r * h;
                    a.box(RoomClass.FURNITURE, front, x, depth - 0.01, z, new double[] {w - 0.02, 0.02, h - 0.015});
                    a.box(RoomClass.FURNITURE, handle, x, depth + 0.01, z + h * 0.6, new double[] {0.12, 0.02, 0.02});
                }
            }
            if (things) {
                clutter.onTop(a, -width / 4, depth / 2, height);
                clutter.onTop(a, width / 4, depth / 2, height);
            }
        });
    }

    /** A low cabinet with a television on it. */
    Furnishing television() {
        double width = draw.between(0.9, 1.5);
        double height = draw.between(0.42, 0.7);
        double screen = Math.min(width, draw.between(0.8, 1.3));
        Material carcass = materials.carcass();
        return new Furnishing(width, 0.45, height + screen * 0.68, a -> {
            a.box(RoomClass.FURNITURE, carcass, 0, 0.21, 0.06, new double[] {width, 0.4, height - 0.06});
            a.box(RoomClass.FURNITURE, carcass, 0, 0.19, 0, new double[] {width - 0.1, 0.34, 0.06});
            clutter.screen(a.at(0, 0.2, height, 0), screen);
        });
    }
}
