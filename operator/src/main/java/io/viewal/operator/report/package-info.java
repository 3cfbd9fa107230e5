/**
 * Tells people and monitoring what happened: events, metrics, log lines. Called after a status was written, and never in
 * the way of work. Imports {@code stage}, {@code condition}, {@code job} for names,, Fabric8 and Micrometer.
 */
package io.viewal.operator.report;
