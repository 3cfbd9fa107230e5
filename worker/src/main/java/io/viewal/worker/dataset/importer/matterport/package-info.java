/**
 * Matterport3D: houses with undistorted images and a list of cameras. Imports {@code dataset}, {@code
 * dataset.interchange}, {@code importer.source} and the JDK.
 */
package io.viewal.worker.dataset.importer.matterport;
