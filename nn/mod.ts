/**
 * Neural networks, built on the engine.
 *
 * @module
 */
export type { Activation } from "./activation.ts";
export { Adam, type AdamOptions, AdamW } from "./adam.ts";
export { diagnose, type Diagnosis, type Finding } from "./diagnose.ts";
export { Layer, type Output } from "./layer.ts";
export { LossHistory } from "./loss_history.ts";
export {
  binaryCrossEntropyWithLogits,
  crossEntropy,
  hingeLoss,
  type LossOptions,
  mseLoss,
} from "./losses.ts";
export { type Last, MLP, type MLPOptions } from "./mlp.ts";
export { Module } from "./module.ts";
export {
  type Monitor,
  monitor,
  type MonitorMoment,
  type MonitorOptions,
  type MonitorOutput,
  type MonitorProgress,
} from "./monitor.ts";
export { Neuron, type NeuronOptions } from "./neuron.ts";
export { Optimizer } from "./optimizer.ts";
export {
  type Boundary,
  type LabeledPoint,
  type RecordedMoment,
  Recorder,
  type RecorderOptions,
} from "./recorder.ts";
export {
  LossSurface,
  lossSurface,
  type LossSurfaceOptions,
  type SurfacePoint,
} from "./loss_surface.ts";
export { CosineAnnealingLR, ExponentialLR, LRScheduler, StepLR } from "./schedules.ts";
export { SGD, type SGDOptions } from "./sgd.ts";
