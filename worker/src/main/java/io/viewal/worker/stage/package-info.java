/**
 * The stages and the protocol that commits them. All reading and writing happens here; what is computed lies in the
 * other packages, any of which may be imported.
 */
package io.viewal.worker.stage;
