package io.viewal.worker.dataset.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BvhTest {

    @Test
    void findsTheSameAsTryingEverySolid() {
        Room room = RoomBuilder.build(Draw.of(11));
        Bvh bvh = new Bvh(room);
        Bvh shellAlone = new Bvh(new Room(
                room.width(), room.depth(), room.height(), room.shell(), List.of(), List.of(), room.ambient()));
        assertThat(room.solids()).hasSizeGreaterThan(60);
        Draw draw = Draw.of(5);
        Ray ray = new Ray();
        int solids = 0;
        for (int i = 0; i < 20_000; i++) {
            aim(ray, room, draw);
            bvh.trace(ray);
            double t = ray.t;
            int met = ray.solid;
            shellAlone.trace(ray);
            double expected = ray.t;
            for (int s = 0; s < room.solids().size(); s++) {
                expected = Math.min(expected, bvh.table().enter(s, ray));
            }
            assertThat(t).isEqualTo(expected);
            solids += met >= 0 ? 1 : 0;
            assertThat(bvh.blocked(ray, expected * 0.999)).isFalse();
        }
        assertThat(solids).isGreaterThan(2_000);
    }

    @Test
    void aLampIsHiddenByWhatStandsBetween() {
        Room room = RoomBuilder.build(Draw.of(11));
        Bvh bvh = new Bvh(room);
        Draw draw = Draw.of(6);
        Ray ray = new Ray();
        int blocked = 0;
        for (int i = 0; i < 5_000; i++) {
            aim(ray, room, draw);
            bvh.trace(ray);
            if (ray.solid >= 0 && !room.solids().get(ray.solid).transparent()) {
                assertThat(bvh.blocked(ray, ray.t * 1.001)).isTrue();
                blocked++;
            }
        }
        assertThat(blocked).isGreaterThan(400);
    }

    @Test
    void raysAlongTheAxesMeetTheWalls() {
        Room room = RoomBuilder.build(Draw.of(11));
        Bvh bvh = new Bvh(new Room(4, 3, 2, room.shell(), List.of(), List.of(), room.ambient()));
        Ray ray = new Ray();
        double[][] directions = {{-1, 0, 0}, {1, 0, 0}, {0, -1, 0}, {0, 1, 0}, {0, 0, -1}, {0, 0, 1}};
        double[] distances = {1, 3, 1, 2, 0.5, 1.5};
        for (int side = 0; side < 6; side++) {
            ray.from(1, 1, 0.5);
            ray.towards(directions[side][0], directions[side][1], directions[side][2]);
            bvh.trace(ray);
            assertThat(ray.shellSide()).isEqualTo(side);
            assertThat(ray.t).isEqualTo(distances[side]);
        }
    }

    private static void aim(Ray ray, Room room, Draw draw) {
        ray.from(draw.between(0, room.width()), draw.between(0, room.depth()), draw.between(0, room.height()));
        ray.towards(draw.between(-1, 1), draw.between(-1, 1), draw.between(-1, 1));
    }
}
