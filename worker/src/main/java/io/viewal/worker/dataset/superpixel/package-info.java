/**
 * Superpixels: the regions that are scored, chosen and labeled. Imports {@code dataset}, the JDK and OpenCV, which no
 * other package may use.
 */
package io.viewal.worker.dataset.superpixel;
