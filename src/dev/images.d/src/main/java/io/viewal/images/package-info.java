/**
 * Packs the layers that {@code src/dev/images} has laid out as folders into container images, without a container tool.
 * Imports the JDK and Jib, nothing of the project.
 */
package io.viewal.images;
