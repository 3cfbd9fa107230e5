/**
 * DeepLabv3+ on MobileNetV2 or EfficientNet-Lite0 as differentiable operations on NDArrays. Tensors carry the names of the
 * usual PyTorch state dict, so that weights map one to one. Every operation is called on the data, never on a weight,
 * because a result belongs to the manager of the array that it is called on. Imports the JDK and DJL.
 */
package io.viewal.worker.model.network;
