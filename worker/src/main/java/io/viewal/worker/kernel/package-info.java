/**
 * The hot loops: for each, a plain scalar reference and a fast implementation of the same interface. Imports the JDK
 * alone.
 */
package io.viewal.worker.kernel;
