/**
 * Finds what of a store nobody uses any more, and deletes it. Reads results and manifests, and imports {@code store},
 * {@code dataset} and the contract.
 */
package io.viewal.worker.reclaim;
