/** OpenCV's native libraries, and what they decode. Imports the data set's records and the JDK. */
package io.viewal.worker.dataset.opencv;
