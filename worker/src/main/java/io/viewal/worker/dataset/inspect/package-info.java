/**
 * Looking at data sets: figures, problems and pictures. Imports the packages below {@code dataset}, the contract and the
 * JDK.
 */
package io.viewal.worker.dataset.inspect;
