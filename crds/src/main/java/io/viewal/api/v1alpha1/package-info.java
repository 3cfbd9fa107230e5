/**
 * The custom resources of group {@code viewal.io}, version {@code v1alpha1}: specs, statuses, validation rules, defaults
 * and printer columns. A spec has the JSON shape of its declaration in {@code io.viewal.contract}; the CRDs in the chart
 * and the reference page are generated from here. Imports Jackson, Fabric8's model and annotations, and nothing of the
 * project.
 */
package io.viewal.api.v1alpha1;
