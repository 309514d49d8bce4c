/**
 * All exercises, by number.
 *
 * @module
 */
import { exercises as chainRule } from "./01_the_chain_rule.ts";
import { exercises as backpropagation } from "./02_backpropagation.ts";
import { exercises as neuralNetwork } from "./03_a_neural_network.ts";
import { exercises as library } from "./04_the_library.ts";
import { exercises as twoMoons } from "./05_two_moons.ts";
import { exercises as optimizers } from "./06_optimizers.ts";
import { exercises as initialisation } from "./07_initialisation.ts";
import { exercises as digits } from "./08_digits.ts";
import { exercises as compiling } from "./09_compile.ts";
import { exercises as languageModel } from "./10_a_language_model.ts";

/** The exercises of all notebooks. */
export const exercises = {
  ...chainRule,
  ...backpropagation,
  ...neuralNetwork,
  ...library,
  ...twoMoons,
  ...optimizers,
  ...initialisation,
  ...digits,
  ...compiling,
  ...languageModel,
};
