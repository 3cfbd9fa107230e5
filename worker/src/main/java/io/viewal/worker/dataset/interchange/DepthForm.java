package io.viewal.worker.dataset.interchange;

/**
 * What the numbers of a depth image mean.
 *
 * @param metresAUnit positive
 * @param ray whether they are distances along the pixel's ray, not along the camera's axis
 */
public record DepthForm(double metresAUnit, boolean ray) {

    public DepthForm {
        if (!(metresAUnit > 0 && Double.isFinite(metresAUnit))) {
            throw new IllegalArgumentException(
                    "a unit of depth of " + metresAUnit + " m; expected a positive number, such as 0.001");
        }
    }
}
