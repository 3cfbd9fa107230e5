/** Puts the operator together: what is made once, from which settings. Imports everything below it. */
package io.viewal.operator;
