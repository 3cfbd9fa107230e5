/**
 * What people answered about regions: the append-only log in the store, and how it becomes labels. Imports the store, the
 * oracle, the artifacts and the data set's records.
 */
package io.viewal.worker.answer;
