/**
 * Runs an owner's stages one after the other: observes results and Jobs, lets {@code stage} decide, acts. Rounds and data
 * sets share it. Imports {@code stage}, {@code job}, {@code store} and {@code condition}.
 */
package io.viewal.operator.pipeline;
