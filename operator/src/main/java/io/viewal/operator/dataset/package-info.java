/**
 * Data sets: the one stage that prepares them and what their status says. Imports {@code pipeline} and what that imports,
 * and the Operator SDK in the reconciler.
 */
package io.viewal.operator.dataset;
