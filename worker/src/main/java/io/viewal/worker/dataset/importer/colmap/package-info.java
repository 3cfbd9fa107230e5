/**
 * COLMAP's text models with depth maps. Imports {@code dataset}, {@code dataset.interchange}, {@code importer.source} and
 * the JDK.
 */
package io.viewal.worker.dataset.importer.colmap;
