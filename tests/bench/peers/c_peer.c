/* A network trained by hand-written C. The sizes are constants of the compilation:
   REAL float or double; N examples, BATCH a step; NIN, H1, H2 (0: one hidden layer), NOUT;
   TANH or RELU; SQUARES, MARGIN or CROSS_ENTROPY; LR, PENALTY.
   Reads x, y and the parameters as numbers, answers a line, then `losses K` and `run K`. */
#define _POSIX_C_SOURCE 199309L
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#if H2
#define LAST H2
#else
#define LAST H1
#endif
#define W1 0
#define W2 (W1 + H1 * (NIN + 1))
#define W3 (W2 + H2 * (H1 + 1))
#define COUNT (W3 + NOUT * (LAST + 1))

static REAL x[N][NIN], y[N], w[COUNT], gradient[COUNT];
static double initial[COUNT];

/* The parameters of a layer lie neuron by neuron, weights then bias. */
static inline void forward(const REAL *restrict w, const REAL *restrict in, REAL *restrict out,
                           int nin, int nout, int isHidden) {
  for (int j = 0; j < nout; j++, w += nin + 1) {
    REAL sum = w[nin];
    for (int i = 0; i < nin; i++) sum += w[i] * in[i];
#if TANH
    out[j] = sizeof(REAL) == 4 ? tanhf(sum) : tanh(sum);
#else
    out[j] = isHidden && sum < 0 ? 0 : sum;
#endif
  }
}

/* From ∂loss/∂out to the gradients of the parameters and ∂loss/∂in (unless null). */
static inline void backward(const REAL *restrict w, REAL *restrict g, const REAL *restrict in,
                            const REAL *restrict out, const REAL *restrict dOut,
                            REAL *restrict dIn, int nin, int nout, int isHidden) {
  if (dIn) memset(dIn, 0, nin * sizeof(REAL));
  for (int j = 0; j < nout; j++, w += nin + 1, g += nin + 1) {
#if TANH
    REAL d = dOut[j] * (1 - out[j] * out[j]);
#else
    REAL d = isHidden && out[j] <= 0 ? 0 : dOut[j];
#endif
    for (int i = 0; i < nin; i++) g[i] += d * in[i];
    g[nin] += d;
    if (dIn) for (int i = 0; i < nin; i++) dIn[i] += d * w[i];
  }
}

/* The loss of one example, and its derivative by the network's answers. */
static inline REAL lossOf(const REAL *restrict f, REAL label, REAL *restrict d) {
#if SQUARES
  REAL error = f[0] - label;
  d[0] = 2 * error;
  return error * error;
#elif MARGIN
  REAL margin = 1 - label * f[0];
  d[0] = margin > 0 ? -label / BATCH : 0;
  return margin > 0 ? margin / BATCH : 0;
#else
  REAL top = f[0], sum = 0;
  for (int k = 1; k < NOUT; k++) top = f[k] > top ? f[k] : top;
  for (int k = 0; k < NOUT; k++) {
    d[k] = sizeof(REAL) == 4 ? expf(f[k] - top) : exp(f[k] - top);
    sum += d[k];
  }
  for (int k = 0; k < NOUT; k++) d[k] /= sum * BATCH;
  d[(int)label] -= (REAL)1 / BATCH;
  return (top + (sizeof(REAL) == 4 ? logf(sum) : log(sum)) - f[(int)label]) / BATCH;
#endif
}

static REAL step(int k) {
  REAL a[H1], f[NOUT], dA[H1], dF[NOUT], loss = 0;
#if H2
  REAL b[H2], dB[H2];
#endif
  memset(gradient, 0, sizeof gradient);
  for (int e = k % (N / BATCH) * BATCH, end = e + BATCH; e < end; e++) {
    forward(w + W1, x[e], a, NIN, H1, 1);
#if H2
    forward(w + W2, a, b, H1, H2, 1);
    forward(w + W3, b, f, H2, NOUT, 0);
    loss += lossOf(f, y[e], dF);
    backward(w + W3, gradient + W3, b, f, dF, dB, H2, NOUT, 0);
    backward(w + W2, gradient + W2, a, b, dB, dA, H1, H2, 1);
#else
    forward(w + W3, a, f, H1, NOUT, 0);
    loss += lossOf(f, y[e], dF);
    backward(w + W3, gradient + W3, a, f, dF, dA, H1, NOUT, 0);
#endif
    backward(w + W1, gradient + W1, x[e], a, dA, 0, NIN, H1, 1);
  }
  for (int i = 0; i < COUNT; i++) {
#if MARGIN
    loss += (REAL)PENALTY * w[i] * w[i];
    gradient[i] += 2 * (REAL)PENALTY * w[i];
#endif
    w[i] -= (REAL)LR * gradient[i];
  }
  return loss;
}

static double number(void) {
  double value = 0;
  if (scanf("%lf", &value) != 1) return NAN;
  return value;
}

static double now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(void) {
  for (int e = 0; e < N; e++)
    for (int i = 0; i < NIN; i++) x[e][i] = number();
  for (int e = 0; e < N; e++) y[e] = number();
  for (int i = 0; i < COUNT; i++) initial[i] = number();
  printf("{\"version\": \"gcc " __VERSION__ "\"}\n");
  fflush(stdout);
  char command[16];
  long steps;
  while (scanf("%15s %ld", command, &steps) == 2) {
    for (int i = 0; i < COUNT; i++) w[i] = initial[i];
    if (strcmp(command, "losses") == 0) {
      for (int k = 0; k < steps; k++) printf("%c%.17g", k ? ',' : '[', (double)step(k));
      printf("]\n");
    } else {
      volatile REAL loss = 0;
      double wall = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
      for (long k = 0; k < steps; k++) loss += step(k);
      wall = now(CLOCK_MONOTONIC) - wall;
      cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
      printf("{\"wall\": %.9g, \"cpu\": %.9g}\n", wall, cpu);
    }
    fflush(stdout);
  }
}
