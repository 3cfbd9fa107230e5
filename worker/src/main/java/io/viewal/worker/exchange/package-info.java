/**
 * Label maps in the forms that other programs read and write. Imports the artifacts and the data set's records.
 */
package io.viewal.worker.exchange;
