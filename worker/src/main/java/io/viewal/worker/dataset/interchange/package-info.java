/**
 * The interchange form of posed RGB-D scenes: nerfstudio's {@code transforms.json} with labels and superpixels beside
 * the images; reading it from any {@link io.viewal.worker.dataset.interchange.SceneSource}, checking it, bringing it to
 * the working size, and writing it. Imports the package {@code dataset}, the contract and the JDK.
 */
package io.viewal.worker.dataset.interchange;
