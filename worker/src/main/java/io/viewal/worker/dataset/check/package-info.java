/**
 * The pre-flight check: do the views of a scene agree, and if they do not, which fault of the data explains it. Imports
 * the data set's records, {@code geometry} and the kernels.
 */
package io.viewal.worker.dataset.check;
