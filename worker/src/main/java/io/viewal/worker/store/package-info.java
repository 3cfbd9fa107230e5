/**
 * The object store: an S3 server or a directory behind one interface. The MinIO client is used here alone. Imports the
 * contract.
 */
package io.viewal.worker.store;
