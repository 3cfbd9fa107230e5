/**
 * ScanNet's layouts: sensor streams with label archives, and exported frames. Imports {@code dataset}, {@code
 * dataset.interchange}, {@code importer.source}, the contract and the JDK.
 */
package io.viewal.worker.dataset.importer.scannet;
