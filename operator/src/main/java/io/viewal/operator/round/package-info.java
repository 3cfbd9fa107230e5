/**
 * Rounds: what a round needs before it can begin, what its stages are asked, and what its status says. Imports
 * {@code pipeline} and what that imports, and the Operator SDK in the reconciler.
 */
package io.viewal.operator.round;
