/**
 * What every importer is made of: scenes and frames of a foreign layout, read one by one; files in folders and archives
 * that can't lead outside; and the errors that name a file. Imports {@code dataset}, {@code dataset.interchange}, the
 * contract and the JDK.
 */
package io.viewal.worker.dataset.importer.source;
