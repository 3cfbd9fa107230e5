/**
 * The labeling page's server: who is asked what, and what a browser may say. Imports the open round of {@code stage}, the
 * answers and the page's drawing.
 */
package io.viewal.worker.labeling;
