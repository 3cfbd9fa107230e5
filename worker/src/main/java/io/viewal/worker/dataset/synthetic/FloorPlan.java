package io.viewal.worker.dataset.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds free places on the floor and on the walls of a rectangular room. */
final class FloorPlan {

    private static final int TRIES = 40;
    private static final double QUARTER = StrictMath.PI / 2;

    private final double width;
    private final double depth;
    private final Draw draw;
    private final List<Rectangle> floor = new ArrayList<>();
    private final List<Span> walls = new ArrayList<>();

    FloorPlan(double width, double depth, Draw draw) {
        this.width = width;
        this.depth = depth;
        this.draw = draw;
    }

    /** A place with the back to a wall; also takes the wall behind it. */
    Optional<Place> againstWall(Furnishing item) {
        for (int i = 0; i < TRIES; i++) {
            int wall = draw.index(4);
            double room = length(wall) - item.width();
            if (room <= 0) {
                continue;
            }
            double along = draw.between(0.03, room - 0.03) + item.width() / 2;
            double gap = draw.between(0.01, 0.05);
            Place place = at(wall, along, gap);
            Rectangle footprint = Rectangle.of(place, item);
            Span behind = new Span(wall, along - item.width() / 2, along + item.width() / 2, 0, item.height());
            if (footprint.inside(width, depth) && free(footprint, 0.06) && free(behind)) {
                floor.add(footprint);
                walls.add(behind);
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** A place away from the walls, turned at will. */
    Optional<Place> inTheMiddle(Furnishing item, double margin) {
        for (int i = 0; i < TRIES; i++) {
            double x = draw.between(0.8, width - 0.8);
            double y = draw.between(0.8, depth - 0.8);
            Place place = Place.upright(x, y, 0, draw.index(4) * QUARTER + draw.between(-0.25, 0.25));
            if (take(place, item, margin)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** Takes a certain place when it is free. */
    boolean take(Place place, Furnishing item, double margin) {
        Rectangle footprint = Rectangle.of(place, item);
        if (!footprint.inside(width, depth) || !free(footprint, margin)) {
            return false;
        }
        floor.add(footprint);
        return true;
    }

    /** A place on a wall, facing the room; its origin is the underside's middle. */
    Optional<Place> onWall(double itemWidth, double itemHeight, double lowest, double highest) {
        for (int i = 0; i < TRIES; i++) {
            int wall = draw.index(4);
            double room = length(wall) - itemWidth - 0.3;
            if (room <= 0 || highest < lowest) {
                continue;
            }
            double along = 0.15 + draw.between(0, room) + itemWidth / 2;
            double z = draw.between(lowest, highest);
            Span span = new Span(wall, along - itemWidth / 2 - 0.05, along + itemWidth / 2 + 0.05, z, z + itemHeight);
            if (free(span)) {
                walls.add(span);
                Place foot = at(wall, along, 0);
                return Optional.of(new Place(foot.x(), foot.y(), z, foot.axes()));
            }
        }
        return Optional.empty();
    }

    /** Walls: 0 at y = 0, then against the clock. */
    private Place at(int wall, double along, double gap) {
        return switch (wall) {
            case 0 -> Place.upright(along, gap, 0, 0);
            case 1 -> Place.upright(width - gap, along, 0, QUARTER);
            case 2 -> Place.upright(width - along, depth - gap, 0, 2 * QUARTER);
            default -> Place.upright(gap, depth - along, 0, -QUARTER);
        };
    }

    private double length(int wall) {
        return wall % 2 == 0 ? width : depth;
    }

    private boolean free(Rectangle footprint, double margin) {
        return floor.stream().noneMatch(other -> other.overlaps(footprint, margin));
    }

    private boolean free(Span span) {
        return walls.stream().noneMatch(other -> other.overlaps(span));
    }

    /** Part of a wall: along it and upward. */
    private record Span(int wall, double from, double to, double low, double high) {
        boolean overlaps(Span o) {
            return wall == o.wall && from < o.to && o.from < to && low < o.high && o.low < high;
        }
    }

    /** The smallest upright rectangle around a footprint. */
    private record Rectangle(double x0, double y0, double x1, double y1) {

        static Rectangle of(Place place, Furnishing item) {
            double cx = place.x() + place.axis(1, 0) * item.depth() / 2;
            double cy = place.y() + place.axis(1, 1) * item.depth() / 2;
            double hx = (Math.abs(place.axis(0, 0)) * item.width() + Math.abs(place.axis(1, 0)) * item.depth()) / 2;
            double hy = (Math.abs(place.axis(0, 1)) * item.width() + Math.abs(place.axis(1, 1)) * item.depth()) / 2;
            return new Rectangle(cx - hx, cy - hy, cx + hx, cy + hy);
        }

        boolean inside(double width, double depth) {
            return x0 >= 0 && y0 >= 0 && x1 <= width && y1 <= depth;
        }

        boolean overlaps(Rectangle o, double margin) {
            return x0 < o.x1 + margin && o.x0 < x1 + margin && y0 < o.y1 + margin && o.y0 < y1 + margin;
        }
    }
}
