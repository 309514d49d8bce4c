import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [
  { shows: /^\d{5} Values$/m },
  { shows: /^numbers that changed: \d{4}\nthe same shape: true$/m },
  {
    shows: /^ {2}const L = b \*\* 2;\n {2}const dL = 1;\n {2}const db = dL \* \(2 \* b \*\* 1\);$/m,
  },
  { shows: /^the program: \{ L: 0\.25, dw: -3 \}\nthe graph: {3}\{ L: 0\.25, dw: -3 \}$/m },
  { shows: /^ {2}const dw = da \* w \+ da \* w;$/m },
  { shows: /^ {2}∂b = 2 · \(∂L · b\)\n {2}∂a = ∂b\n {2}∂w \+= Σ ∂a · x /m },
  { shows: /^00 61 73 6d .*\na valid module: true$/m },
  { shows: /^compiled: 10\.5 -14\neager: {4}10\.5 -14$/m },
  { shows: /^ {4}∂b\[m\] = ∂d\[m\] · \(1 − d\[m\] · d\[m\]\)$/m },
  { shows: /^"\(w, y\)=>w\.sub\(w\.lit\(1\), w\.mul\(y, y\)\)"$/m },
  { shows: /^instructions +f64x2\.sub\(literal 1, f64x2\.mul\(local 7, local 7\)\)$/m },
  {
    shows:
      /^ +16 +337 +442 +[78]\d{3}\n +64 +4417 +4810 +[78]\d{3}\n +256 +66817 +68362 +[78]\d{3}$/m,
  },
  { shows: /^ +7 +1, 2 \| 3, 4 \| ½ 5, 6 \| 7, ½ 5$/m },
  { shows: /^1000 of 1000 losses and gradients are the same to the last bit$/m },
  { shows: /^units apart +numbers\n +0 +8\d{4}\n +1 +1\d{4}\n +2 +\d{3}$/m },
  { shows: /^loss +\d\.\de-16\n5180 gradients, relative to their parts +\d\.\de-1[56]$/m },
  {
    shows:
      /^gradients that differ by more than 1e-12 of themselves: 1\n.*: -7\.9\d+e-7\n.*: 3\.\de-6$/m,
  },
  { shows: /^ +2 +2 +2\n-2 +-0\.2 +-2$/m },
  { shows: /^compile: the leaf y \(data 2\) must be listed /m },
  { shows: /^eager +\d{2,} +\d[\d,]+$/m },
  { shows: /^FitHistory\(20 epochs, compiled: .* accuracy 99\.5%\)\nnull$/m },
  { shows: /^dropout draws anew .*\ncompile is false\nthe loss is a function of its own\nnull$/m },
  { shows: /^fit: with compile the loss must be the mean over a batch /m },
  { shows: /^float64, fused +\de-1[67]\nfloat32 +\de-[67]\n/m },
];

export const given: readonly Given[] = [];
