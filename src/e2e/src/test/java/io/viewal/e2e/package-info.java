/**
 * The whole system on a real cluster: the chart, both images, a real object store. Speaks to the Kubernetes API and the
 * store alone; imports neither operator nor worker.
 */
package io.viewal.e2e;
