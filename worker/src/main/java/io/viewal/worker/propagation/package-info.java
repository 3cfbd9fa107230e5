/**
 * Carries labels from the views that have them into the others that see the same surface. Imports {@code geometry} and
 * {@code kernel} for where points land, {@code dataset} for frames and {@code artifact} for the label set.
 */
package io.viewal.worker.propagation;
