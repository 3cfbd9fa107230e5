/**
 * Procedural rooms, ray-cast to colour, depth, labels and poses, so that everything can run without a data set. Equal
 * seeds give equal bytes on every machine: only exactly rounded arithmetic and {@code StrictMath} are used, and no
 * result depends on the order of threads. Coordinates are metres, x and y along the floor, z up. Imports {@code dataset}
 * and the JDK.
 */
package io.viewal.worker.dataset.synthetic;
