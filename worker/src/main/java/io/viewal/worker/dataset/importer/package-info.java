/**
 * Readers of other data sets' layouts; each writes the interchange form. Imports {@code dataset}, {@code
 * dataset.interchange}, the contract and the JDK.
 */
package io.viewal.worker.dataset.importer;
