package io.viewal.worker.dataset.synthetic;

import java.util.Arrays;
import java.util.Comparator;

/**
 * A binary tree of boxes along the world's axes, split where the surface area heuristic expects the fewest tests (Goldsmith
 * and Salmon 1987; MacDonald and Booth 1990). Nodes lie in arrays, an inner node's first child right behind it.
 *
 * @param boxes low and high corner of each node, 6 numbers
 * @param link inner node: its second child; leaf: −1 − index of its first item in {@code order}
 * @param info inner node: the axis that it splits; leaf: number of its items
 * @param order the items, leaf by leaf
 */
record BvhTree(double[] boxes, int[] link, int[] info, int[] order) {

    static final int BOX = 6;

    private static final int LEAF = 2;

    /** @param bounds low and high corner of each item */
    static BvhTree over(double[][] bounds) {
        return new Builder(bounds).build();
    }

    private static final class Builder {

        private final double[][] bounds;
        private final Integer[] items;
        private final double[] boxes;
        private final int[] link;
        private final int[] info;
        private int nodes;

        Builder(double[][] bounds) {
            this.bounds = bounds;
            this.items = new Integer[bounds.length];
            Arrays.setAll(items, i -> i);
            int capacity = Math.max(1, 2 * items.length);
            this.boxes = new double[capacity * BOX];
            this.link = new int[capacity];
            this.info = new int[capacity];
        }

        BvhTree build() {
            if (items.length > 0) {
                split(0, items.length);
            }
            int[] order = Arrays.stream(items).mapToInt(Integer::intValue).toArray();
            return new BvhTree(boxes, link, info, order);
        }

        private void split(int from, int to) {
            int node = nodes++;
            System.arraycopy(around(from, to), 0, boxes, node * BOX, BOX);
            if (to - from <= LEAF) {
                link[node] = -1 - from;
                info[node] = to - from;
                return;
            }
            int bestAxis = 0;
            int bestMiddle = from + 1;
            double bestCost = Double.POSITIVE_INFINITY;
            for (int axis = 0; axis < 3; axis++) {
                sort(from, to, axis);
                for (int middle = from + 1; middle < to; middle++) {
                    double cost =
                            area(around(from, middle)) * (middle - from) + area(around(middle, to)) * (to - middle);
                    if (cost < bestCost) {
                        bestCost = cost;
                        bestAxis = axis;
                        bestMiddle = middle;
                    }
                }
            }
            sort(from, to, bestAxis);
            split(from, bestMiddle);
            link[node] = nodes;
            info[node] = bestAxis;
            split(bestMiddle, to);
        }

        /** By centre; ties by item, so that the tree is always the same. */
        private void sort(int from, int to, int axis) {
            Arrays.sort(
                    items,
                    from,
                    to,
                    Comparator.<Integer>comparingDouble(i -> bounds[i][axis] + bounds[i][3 + axis])
                            .thenComparing(Comparator.naturalOrder()));
        }

        private double[] around(int from, int to) {
            double[] box = new double[BOX];
            for (int axis = 0; axis < 3; axis++) {
                box[axis] = Double.POSITIVE_INFINITY;
                box[3 + axis] = Double.NEGATIVE_INFINITY;
                for (int i = from; i < to; i++) {
                    box[axis] = Math.min(box[axis], bounds[items[i]][axis]);
                    box[3 + axis] = Math.max(box[3 + axis], bounds[items[i]][3 + axis]);
                }
            }
            return box;
        }

        private static double area(double[] box) {
            double x = box[3] - box[0];
            double y = box[4] - box[1];
            double z = box[5] - box[2];
            return x * y + y * z + z * x;
        }
    }
}
