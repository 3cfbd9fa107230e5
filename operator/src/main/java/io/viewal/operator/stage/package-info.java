/**
 * One stage as a pure machine: what is recorded, what is observed, what is decided. No client, no clock of its own;
 * imports the contract, the API's status types, {@code condition} and the JDK.
 */
package io.viewal.operator.stage;
