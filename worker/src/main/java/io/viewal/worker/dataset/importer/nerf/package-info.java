/**
 * Layouts of phone apps and of radiance-field tools, with cameras in JSON. Imports {@code dataset}, {@code
 * dataset.interchange}, {@code importer.source} and the JDK.
 */
package io.viewal.worker.dataset.importer.nerf;
