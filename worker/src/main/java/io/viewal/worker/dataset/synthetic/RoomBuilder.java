package io.viewal.worker.dataset.synthetic;

import java.util.ArrayList;
import java.util.List;

/** Draws a room: its size, its surfaces, what stands in it and what lights it. */
final class RoomBuilder {

    private final Draw draw;
    private final double width;
    private final double depth;
    private final double height;
    private final FloorPlan plan;
    private final Materials materials;
    private final List<Solid> solids = new ArrayList<>();
    private final List<Light> lights = new ArrayList<>();

    private RoomBuilder(Draw draw) {
        this.draw = draw;
        this.width = draw.between(4.0, 6.2);
        this.depth = draw.between(3.6, 5.4);
        this.height = draw.between(2.4, 2.8);
        this.plan = new FloorPlan(width, depth, draw);
        this.materials = new Materials(draw);
    }

    /** The room of a stream of random numbers. */
    static Room build(Draw draw) {
        return new RoomBuilder(draw).room();
    }

    private Room room() {
        windows();
        bed();
        furnishMiddle();
        furnishWalls();
        decorate();
        for (int i = draw.whole(2, 4); i > 0; i--) {
            Furnishing thing = new Clutter(draw).onFloor();
            if (draw.chance(0.6)) {
                plan.againstWall(thing).ifPresent(place -> build(thing, place));
            } else {
                plan.inTheMiddle(thing, 0.1).ifPresent(place -> build(thing, place));
            }
        }
        lamps();
        return new Room(width, depth, height, shell(), solids, lights, ambient());
    }

    private List<Material> shell() {
        List<Material> shell = new ArrayList<>();
        Material wall = materials.wall();
        Material accent = draw.chance(0.5) ? materials.wall() : wall;
        int accentWall = draw.index(4);
        for (int side = 0; side < 4; side++) {
            shell.add(side == accentWall ? accent : wall);
        }
        shell.add(materials.floor());
        shell.add(materials.ceiling());
        return shell;
    }

    private void windows() {
        double sill = draw.between(0.75, 0.95);
        for (int i = draw.whole(1, 2); i > 0; i--) {
            double w = draw.between(0.9, 1.7);
            double h = draw.between(1.0, Math.min(1.4, height - sill - 0.25));
            plan.onWall(w, h, sill, sill).ifPresent(place -> {
                int pane = solids.size();
                new WallDecor(draw).window(new Assembly(solids, place), w, h);
                if (draw.chance(0.7)) {
                    sun(solids.get(pane));
                }
            });
        }
    }

    /** The sun stands within reach of the window's outside. */
    private void sun(Solid window) {
        Place w = window.place();
        double up = draw.between(0.45, 1.1);
        double side = draw.between(-0.8, 0.8);
        double x = -w.axis(1, 0) + side * w.axis(0, 0);
        double y = -w.axis(1, 1) + side * w.axis(0, 1);
        double norm = Math.sqrt(x * x + y * y + up * up);
        Rgb power = Rgb.hsv(0.1, draw.between(0.05, 0.25), 1).times(draw.between(0.8, 2.2));
        lights.add(new Light.Sun(x / norm, y / norm, up / norm, power, window));
    }

    private void bed() {
        if (draw.chance(0.7)) {
            Furnishing bed = new Seats(draw).bed();
            plan.againstWall(bed).ifPresent(place -> build(bed, place));
        }
    }

    private void furnishWalls() {
        Seats seats = new Seats(draw);
        Cabinets cabinets = new Cabinets(draw);
        if (draw.chance(0.8)) {
            Furnishing sofa = seats.sofa();
            plan.againstWall(sofa).ifPresent(place -> {
                build(sofa, place);
                coffeeTable(cabinets, place, sofa);
            });
        }
        againstWall(0.9, cabinets.television());
        againstWall(0.9, cabinets.bookshelf());
        if (draw.chance(0.6)) {
            Furnishing desk = cabinets.desk();
            plan.againstWall(desk).ifPresent(place -> {
                build(desk, place);
                chairAt(seats, place, 0, desk.depth() + draw.between(-0.1, 0.2), StrictMath.PI);
            });
        }
        againstWall(0.6, cabinets.cabinet(draw.between(0.9, 1.5), 0.58, draw.between(1.8, 2.1)));
        againstWall(0.8, cabinets.cabinet(draw.between(0.8, 1.4), 0.45, draw.between(0.7, 1.1)));
        againstWall(0.6, cabinets.cabinet(0.45, 0.38, 0.5));
        againstWall(0.5, cabinets.bookshelf());
        againstWall(0.7, seats.chair());
        againstWall(0.4, seats.chair());
    }

    private void againstWall(double probability, Furnishing item) {
        if (draw.chance(probability)) {
            plan.againstWall(item).ifPresent(place -> build(item, place));
        }
    }

    private void coffeeTable(Cabinets cabinets, Place sofa, Furnishing sofaSize) {
        Furnishing table = cabinets.table(draw.between(0.7, 1.1), draw.between(0.45, 0.6), draw.between(0.36, 0.46));
        Place place = sofa.within(Place.upright(0, sofaSize.depth() + draw.between(0.3, 0.45), 0, 0));
        if (plan.take(place, table, 0.05)) {
            build(table, place);
        }
    }

    private void furnishMiddle() {
        Seats seats = new Seats(draw);
        Furnishing table = new Cabinets(draw).table(draw.between(0.8, 1.5), draw.between(0.75, 0.95), 0.74);
        plan.inTheMiddle(table, 0.15).ifPresent(place -> {
            build(table, place);
            int chairs = draw.whole(2, 4);
            for (int i = 0; i < chairs; i++) {
                boolean front = i % 2 == 0;
                double x = chairs <= 2 ? 0 : (i / 2 - 0.5) * table.width() * 0.55;
                double y = front ? table.depth() + draw.between(0.1, 0.4) : -draw.between(0.1, 0.4);
                chairAt(seats, place, x, y, front ? StrictMath.PI : 0);
            }
        });
        if (draw.chance(0.6)) {
            rug();
        }
    }

    /** A chair at a place in another's coordinates; the origin of a chair is its back, so it is moved by its depth. */
    private void chairAt(Seats seats, Place base, double x, double y, double yaw) {
        Furnishing chair = seats.chair();
        double back = yaw == 0 ? y - chair.depth() * 0.6 : y + chair.depth() * 0.6;
        Place place = base.within(Place.upright(x, back, 0, yaw + draw.between(-0.35, 0.35)));
        if (plan.take(place, chair, -0.25)) {
            build(chair, place);
        }
    }

    private void rug() {
        Material cloth = materials.cloth();
        double x = draw.between(0.3, 0.7) * width;
        double y = draw.between(0.3, 0.7) * depth;
        double[] extent = {draw.between(1.2, 2.2), draw.between(0.9, 1.6), 0.012};
        new Assembly(solids, Place.upright(x, y, 0, draw.between(-0.3, 0.3)))
                .box(RoomClass.FLOOR, cloth, 0, 0, 0, extent);
    }

    private void decorate() {
        WallDecor decor = new WallDecor(draw);
        plan.onWall(0.95, 2.0, 0, 0).ifPresent(place -> decor.door(new Assembly(solids, place), 0.85, 1.98));
        for (int i = draw.whole(3, 6); i > 0; i--) {
            double w = draw.between(0.3, 1.0);
            double h = draw.between(0.3, 0.8);
            plan.onWall(w, h, 1.15, Math.min(1.6, height - h - 0.1))
                    .ifPresent(place -> decor.picture(new Assembly(solids, place), w, h));
        }
    }

    private void lamps() {
        int count = draw.whole(1, 2);
        Rgb color = Rgb.hsv(draw.between(0.07, 0.16), draw.between(0, 0.35), 1);
        for (int i = 0; i < count; i++) {
            double x = width * (count == 1 ? draw.between(0.35, 0.65) : 0.28 + 0.44 * i + draw.between(-0.06, 0.06));
            double y = depth * draw.between(0.35, 0.65);
            double drop = draw.between(0.05, 0.35);
            Assembly ceiling = new Assembly(solids, Place.upright(x, y, height - drop, 0));
            ceiling.cylinder(RoomClass.OBJECTS, materials.metal(), 0, 0, 0, 0.015, drop);
            ceiling.cylinder(RoomClass.OBJECTS, materials.lampshade().glow(1.5), 0, 0, -0.12, 0.17, 0.12);
            double power = draw.between(1.0, 2.2) / count;
            lights.add(new Light.Lamp(x, y, height - drop - 0.2, color.times(power)));
        }
    }

    private Rgb ambient() {
        return Rgb.hsv(draw.between(0, 1), draw.between(0, 0.1), 1).times(draw.between(0.28, 0.5));
    }

    private void build(Furnishing item, Place place) {
        item.build(new Assembly(solids, place));
    }
}
