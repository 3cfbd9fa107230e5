package io.viewal.worker.model.network;

/** How many zeros surround a line that a convolution filters. */
enum Padding {
    /** None: the line has been padded before. */
    NONE {
        @Override
        int before(long length, Geometry geometry) {
            return 0;
        }

        @Override
        int after(long length, Geometry geometry) {
            return 0;
        }
    },

    /** As many on both sides, so that stride 1 keeps the length: PyTorch's usual way. */
    CENTERED {
        @Override
        int before(long length, Geometry geometry) {
            return geometry.reach();
        }

        @Override
        int after(long length, Geometry geometry) {
            return geometry.reach();
        }
    },

    /** TensorFlow's {@code SAME}: as few as ⌈length / stride⌉ results need; an odd one goes behind. */
    TENSORFLOW {
        @Override
        int before(long length, Geometry geometry) {
            return needed(length, geometry) / 2;
        }

        @Override
        int after(long length, Geometry geometry) {
            return needed(length, geometry) - needed(length, geometry) / 2;
        }
    };

    abstract int before(long length, Geometry geometry);

    abstract int after(long length, Geometry geometry);

    private static int needed(long length, Geometry geometry) {
        long results = (length + geometry.stride() - 1) / geometry.stride();
        long covered = (results - 1) * geometry.stride() + 2L * geometry.reach() + 1;
        return (int) Math.max(covered - length, 0);
    }
}
