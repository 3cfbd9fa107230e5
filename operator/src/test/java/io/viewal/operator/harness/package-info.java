/** A real API server and a real object store for tests; the tests play the kubelet. */
package io.viewal.operator.harness;
