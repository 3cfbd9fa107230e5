/**
 * Stage Jobs: the only place that builds a {@code batch/v1} Job, creates and deletes it, and tells from it and its pods
 * how an attempt goes. Imports the contract, the API, Fabric8, and {@code stage} and {@code condition} for the result.
 */
package io.viewal.operator.job;
