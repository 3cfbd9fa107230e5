/**
 * The report of an experiment: what its rounds came to, statistics over its arms, tables and the page. Nothing here reads
 * or writes a store. Imports the contract, the artifact formats and the pages' pictures.
 */
package io.viewal.worker.report;
