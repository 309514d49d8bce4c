/**
 * Neural networks, built on the engine.
 *
 * @module
 */
export type { Activation } from "./activation.ts";
export { Adam, type AdamOptions, AdamW } from "./optimizers/adam.ts";
export { clipGradNorm, clipGradValue } from "./optimizers/clip_grad.ts";
export type { Examples, Rows } from "./check.ts";
export {
  ConfusionMatrix,
  confusionMatrix,
  type ConfusionMatrixOptions,
} from "./classify/confusion_matrix.ts";
export { type CirclesOptions, makeCircles } from "./data/circles.ts";
export { Dataset, type DatasetOptions } from "./data/dataset.ts";
export { loadDigits } from "./data/digits.ts";
export { makeMoons } from "./data/moons.ts";
export { loadNames } from "./data/names.ts";
export type { SamplesOptions } from "./data/samples.ts";
export { makeSpirals, type SpiralsOptions } from "./data/spirals.ts";
export { makeXor, type XorOptions } from "./data/xor.ts";
export {
  type AnsweredPoint,
  DecisionBoundary,
  decisionBoundary,
  type DecisionBoundaryOptions,
} from "./classify/decision_boundary.ts";
export { DrawingPad, drawingPad } from "./classify/drawing_pad.ts";
export { StandardScaler } from "./data/standard_scaler.ts";
export { diagnose, type Diagnosis, type Finding } from "./diagnose/diagnose.ts";
export { Embedding, type EmbeddingOptions } from "./embedding.ts";
export { fromJSON, toJSON } from "./files/json.ts";
export { load } from "./files/load.ts";
export { type ONNXOptions, toONNX } from "./files/onnx.ts";
export {
  fromSafetensors,
  type LayerNames,
  type SafetensorsOptions,
  toSafetensors,
} from "./files/safetensors.ts";
export { save, type SaveOptions } from "./files/save.ts";
export type { Saveable, Stateful } from "./files/saveable.ts";
export { loadStateDict, stateDict, type StateTensor } from "./files/state_dict.ts";
export type { EarlyStoppingOptions } from "./fit/early_stopping.ts";
export { fit } from "./fit/fit.ts";
export { type FitEpoch, FitHistory } from "./fit/fit_history.ts";
export type { FitOptions, FitStep, Outputs } from "./fit/fit_options.ts";
export { historyOf } from "./fit/progress.ts";
export type { Init } from "./init.ts";
export { Layer, type LayerOptions, type Output } from "./layer.ts";
export { ChainedScheduler } from "./optimizers/chained_scheduler.ts";
export { LambdaLR } from "./optimizers/lambda_lr.ts";
export { LinearLR } from "./optimizers/linear_lr.ts";
export { LossHistory } from "./watch/loss_history.ts";
export {
  binaryCrossEntropyWithLogits,
  crossEntropy,
  hingeLoss,
  huberLoss,
  type HuberLossOptions,
  l1Loss,
  type LossOptions,
  mseLoss,
} from "./losses.ts";
export { type Last, MLP } from "./mlp.ts";
export type { MLPOptions } from "./mlp_options.ts";
export type { Model } from "./model.ts";
export { Module } from "./module.ts";
export {
  type Monitor,
  monitor,
  type MonitorMoment,
  type MonitorOptions,
  type MonitorOutput,
  type MonitorProgress,
} from "./watch/monitor.ts";
export { Neuron, type NeuronOptions } from "./neuron.ts";
export { LayerNorm, type NormOptions, RMSNorm } from "./norms.ts";
export { Optimizer, type OptimizerState } from "./optimizers/optimizer.ts";
export { accuracy, predict } from "./classify/predict.ts";
export type { PredictOptions } from "./classify/threshold.ts";
export {
  type LabeledImages,
  type Prediction,
  PredictionGrid,
  predictionGrid,
  type PredictionGridOptions,
} from "./classify/prediction_grid.ts";
export { type RecordedMoment, Recorder, type RecorderOptions } from "./recorder/recorder.ts";
export {
  LossSurface,
  lossSurface,
  type LossSurfaceOptions,
  type SurfacePoint,
} from "./watch/loss_surface.ts";
export {
  CosineAnnealingLR,
  ExponentialLR,
  LRScheduler,
  type SchedulerState,
  StepLR,
} from "./optimizers/schedules.ts";
export { SequentialLR } from "./optimizers/sequential_lr.ts";
export { SGD, type SGDOptions } from "./optimizers/sgd.ts";
export { softmax } from "./softmax.ts";
export { WeightImages, weightImages } from "./classify/weight_images.ts";
