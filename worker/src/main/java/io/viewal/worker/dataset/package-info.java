/**
 * Posed RGB-D scenes in memory and on disk: frames, cameras, the prepared form that every later stage reads, and its
 * manifest. Importers, synthetic scenes and preparation are in the packages below. Imports the contract, {@code npy} and
 * the JDK.
 */
package io.viewal.worker.dataset;
