/**
 * Superpixels: the regions that are scored, chosen and labeled. Imports {@code dataset}, the JDK and OpenCV, which beside it
 * only {@code dataset.opencv} may use.
 */
package io.viewal.worker.dataset.superpixel;
