/** ScalarAutograd from npm. */
import { loadPackage } from "./load_package.ts";
import { type Scalar, scalarTrainer } from "./scalar_training.ts";
import { serve } from "./serve.ts";

const version = "0.1.8";

interface ScalarAutogradValue extends Scalar<ScalarAutogradValue> {}

/** What is used of the package. */
interface ScalarAutograd {
  V: Record<"C" | "W", (data: number) => ScalarAutogradValue>;
}

await serve(async (problem) => {
  const { V } = await loadPackage(`npm:scalar-autograd@${version}`) as ScalarAutograd;
  return scalarTrainer(problem, `scalar-autograd ${version}`, V.W, V.C);
});
