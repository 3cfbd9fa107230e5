/**
 * A prefix of an object store as a folder that is only read: what finds its way through a folder by {@link
 * java.nio.file.Path}, as the importers of foreign layouts do, finds it through a bucket as well, without a copy of it.
 * Imports {@code store}, the contract and the JDK.
 */
package io.viewal.worker.store.files;
