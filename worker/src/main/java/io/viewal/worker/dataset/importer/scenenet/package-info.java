/**
 * SceneNet-RGBD: trajectories in protocol buffers with rendered images. Imports {@code dataset}, {@code
 * dataset.interchange}, {@code importer.source} and the JDK.
 */
package io.viewal.worker.dataset.importer.scenenet;
