/**
 * What operator and worker agree on: which stages there are, how a stage is asked for, where its artifacts lie in the
 * object store and how it reports back. Imports the JDK and Jackson, nothing else.
 */
package io.viewal.contract;
