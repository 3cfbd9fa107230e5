/**
 * Answers to what the regions show, and what they cost a person. Imports the data set's records, the contract and the
 * label set.
 */
package io.viewal.worker.oracle;
