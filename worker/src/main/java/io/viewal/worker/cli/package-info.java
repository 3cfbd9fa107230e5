/**
 * The command line: {@code viewal stage} in a pod, and the same work for people with files and no cluster. Any package
 * may be imported.
 */
package io.viewal.worker.cli;
