/**
 * One class a file format: writer, reader, version and layout. Equal content gives equal bytes. Imports the contract and
 * the data set's records.
 */
package io.viewal.worker.artifact;
