/**
 * The worker: turns input artifacts into output artifacts. This package holds what every other one may import: how bad
 * input is reported. It imports the contract alone.
 */
package io.viewal.worker;
