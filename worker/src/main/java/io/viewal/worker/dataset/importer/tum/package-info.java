/**
 * The layout of the TUM RGB-D benchmark. Imports {@code dataset}, {@code dataset.interchange}, {@code importer.source}
 * and the JDK.
 */
package io.viewal.worker.dataset.importer.tum;
