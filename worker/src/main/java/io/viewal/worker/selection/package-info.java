/**
 * From scores to a selection: which superpixels overlap, and by which rules regions are chosen under a budget. Imports the contract, the
 * data set's records, the geometry and the kernels.
 */
package io.viewal.worker.selection;
