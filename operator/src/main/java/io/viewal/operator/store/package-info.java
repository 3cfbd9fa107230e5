/**
 * Reads results and progress from the object store, and tells what is wrong with a store before work relies on it.
 * Imports the contract, the API, the MinIO SDK, and {@code condition} for reasons; nothing of Kubernetes.
 */
package io.viewal.operator.store;
