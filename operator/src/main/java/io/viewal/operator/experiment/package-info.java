/**
 * Brings experiments from their declaration to their report: observes their rounds, plans which to make next, makes them,
 * and lets {@code pipeline} make the report. Imports {@code pipeline}, {@code stage}, {@code store}, {@code job} and
 * {@code condition}.
 */
package io.viewal.operator.experiment;
