/**
 * What a resource's conditions say and why: condition types, reasons, and the verdict that they are made from. Pure:
 * imports the contract, Fabric8's {@code Condition} and the JDK.
 */
package io.viewal.operator.condition;
