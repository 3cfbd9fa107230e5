/**
 * Imports data sets that have a layout of their own: writes each scene in the interchange form, frame by frame, on all
 * cores, and holds every frame to one set of rules. The layouts are read by the packages below, which know nothing of
 * this one. Imports {@code dataset}, {@code dataset.interchange}, those packages, the contract and the JDK.
 */
package io.viewal.worker.dataset.importer;
