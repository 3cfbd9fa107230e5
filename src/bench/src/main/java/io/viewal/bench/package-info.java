/** Races and measurements, each a program of its own that prints a table. May import the worker and the JDK. */
package io.viewal.bench;
