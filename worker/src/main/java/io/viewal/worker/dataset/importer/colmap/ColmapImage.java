package io.viewal.worker.dataset.importer.colmap;

import io.viewal.worker.dataset.importer.source.Rotations;

/**
 * An image of a model.
 *
 * @param name its path below {@code images}
 * @param camera id of its camera
 * @param rotation world → camera, a quaternion w, x, y, z
 * @param translation of the same
 */
record ColmapImage(String name, long camera, double[] rotation, double[] translation) {

    /**
     * World → camera, 16 numbers, row-major.
     *
     * @throws IllegalArgumentException when the quaternion has not length 1
     */
    double[] worldToCamera() {
        return Rotations.ofQuaternion(
                rotation[1], rotation[2], rotation[3], rotation[0], translation[0], translation[1], translation[2]);
    }
}
