/**
 * Files of tensors: safetensors, and PyTorch's pickled archives of which tensors alone are read. Imports the contract,
 * Jackson and a pickle reader; no engine.
 */
package io.viewal.worker.model.weights;
