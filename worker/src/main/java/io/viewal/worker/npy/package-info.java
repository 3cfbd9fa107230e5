/** NumPy's array files: mapped for reading, written part by part. Imports the contract's reasons and the JDK. */
package io.viewal.worker.npy;
