/**
 * The segmentation network's training and prediction: {@link io.viewal.worker.model.Trainer} makes a safetensors file,
 * {@link io.viewal.worker.model.Predictor} reads it. Callers see plain arrays; the engine (DJL) stays inside this
 * package and those below it. Imports the contract, {@code dataset} and DJL.
 */
package io.viewal.worker.model;
